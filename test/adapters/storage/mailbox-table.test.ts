import { openMailbox } from '../../../shared/adapters/storage/mailbox-table.ts';
import { later, MINUTE } from '../../../shared/core/time.ts';
import type { ChannelPace, Mailbox } from '../../../shared/jobs/services.ts';
import { openTables } from '../../support/open-tables.ts';
import { sampleItem } from '../../support/sample-rows.ts';

const SCOPE = '3d1c0000-0000-4000-8000-000000000001';
const PACE: ChannelPace = {
  leaseOwner: 'first',
  leaseUntil: '2026-11-20T08:00:30.000Z',
  lastPostAt: null,
  holdUntil: null,
  lastAcceptedAt: null,
  broken: null,
};

let mailbox: Mailbox;

beforeEach(async () => {
  mailbox = openMailbox((await openTables()).table('mailbox'));
});

describe('items', () => {
  it('come back oldest first, without those of another channel and without the pace', async () => {
    await mailbox.savePace('ops', PACE, null);
    await mailbox.add([sampleItem(SCOPE, 2), sampleItem(SCOPE, 1), sampleItem(SCOPE, 3, { channel: 'siem' })]);
    expect(await mailbox.items('ops')).toEqual([sampleItem(SCOPE, 1), sampleItem(SCOPE, 2)]);
  });

  it('that were added twice are one', async () => {
    await mailbox.add([sampleItem(SCOPE, 1)]);
    await mailbox.add([sampleItem(SCOPE, 1)]);
    expect(await mailbox.items('ops')).toHaveLength(1);
  });

  it('that a crashed run left behind are young again when they are added again', async () => {
    const old = sampleItem(SCOPE, 1);
    const createdAt = later(old.createdAt, 20 * MINUTE);
    await mailbox.add([old]);
    await mailbox.add([{ ...old, createdAt }]);
    expect(await mailbox.items('ops')).toEqual([{ ...old, createdAt }]);
  });

  it.each([
    ['is on its way', { sendingSince: '2026-11-20T08:01:00.000Z', attempts: 1 }],
    ['was tried', { attempts: 2, mayHaveArrived: true }],
    ['was accepted', { accepted: { at: '2026-11-20T08:01:00.000Z', workflowRun: 'run', digestId: null } }],
  ])('that %s is not touched by being added again', async (_what, change) => {
    const item = sampleItem(SCOPE, 1, change);
    await mailbox.save('ops', [item]);
    await mailbox.add([sampleItem(SCOPE, 1, { createdAt: '2026-11-21T00:00:00.000Z' })]);
    expect(await mailbox.items('ops')).toEqual([item]);
  });

  it('are saved and removed by the hundred and more', async () => {
    const items = Array.from({ length: 230 }, (_, nth) => sampleItem(SCOPE, nth));
    await mailbox.save('ops', items);
    expect(await mailbox.items('ops')).toEqual(items);
    await mailbox.save('ops', []);
    const gone = items.slice(0, 120).map(({ alertId }) => alertId);
    await mailbox.remove('ops', [...gone, ...gone.slice(0, 1)]);
    expect(await mailbox.items('ops')).toEqual(items.slice(120));
  }, 20_000);
});

describe('the pace of a channel', () => {
  it('is not there before it is saved, and then has a version', async () => {
    expect(await mailbox.pace('ops')).toBeNull();
    const saved = await mailbox.savePace('ops', PACE, null);
    expect(saved).toEqual({ value: PACE, version: expect.stringMatching(/./) });
    expect(await mailbox.pace('ops')).toEqual(saved);
  });

  it('is won by one of two who save it under one version', async () => {
    expect(await mailbox.savePace('ops', PACE, null)).not.toBe('conflict');
    expect(await mailbox.savePace('ops', PACE, null)).toBe('conflict');
    const { version } = (await mailbox.pace('ops'))!;
    const results = await Promise.all(
      ['second', 'third', 'fourth'].map((leaseOwner) => mailbox.savePace('ops', { ...PACE, leaseOwner }, version)),
    );
    expect(results.filter((one) => one === 'conflict')).toHaveLength(2);
  });

  it('can be saved again and again under the version that saving gave', async () => {
    let held = await mailbox.savePace('ops', PACE, null);
    for (const lastPostAt of ['2026-11-20T08:00:01.000Z', '2026-11-20T08:00:02.000Z']) {
      if (held === 'conflict') throw new Error('nobody else saved');
      held = await mailbox.savePace('ops', { ...held.value, lastPostAt }, held.version);
      expect(held).toMatchObject({ value: { lastPostAt } });
    }
  });
});
