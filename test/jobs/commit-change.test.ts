import { EMPTY_CHAIN } from '../../shared/core/evidence/history.ts';
import { newTenantRecord } from '../../shared/jobs/check-tenant.ts';
import { type Change, commitChange } from '../../shared/jobs/commit-change.ts';
import type { Services, TenantRecord } from '../../shared/jobs/services.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { inspectLedger, kindsOf } from '../support/inspect-ledger.ts';
import { meetAt } from '../support/meet-at.ts';
import { openWorld, tenantId, type World } from '../support/open-world.ts';
import { wrapServices } from '../support/wrap-services.ts';

const SCOPE = tenantId(1);
const TARGET = { scope: SCOPE, tenant: { id: SCOPE, name: 'Fabrikam', domains: [] } };
const FACTS = {
  kind: 'blinded',
  since: '2026-11-20T02:00:00.000Z',
  reason: 'network',
  detail: 'cut',
  lastVerdict: null,
  verifiedAt: null,
} as const;

let world: World;

beforeEach(async () => {
  world = await openWorld(claimStorage());
});

afterEach(() => world.close());

const create = () => newTenantRecord('2026-11-20T07:00:00.000Z');

/** A decision that counts an episode and tells two channels about it. */
function count(record: TenantRecord): Change<TenantRecord, number> {
  const episodes = record.state.episodes + 1;
  const drafts = [{ facts: FACTS, occasion: `${episodes}`, channels: ['ops', 'siem'] }];
  return {
    record: { ...record, state: { ...record.state, episodes } },
    notes: [{ kind: 'blinded', episodes }],
    drafts,
    result: episodes,
  };
}

const commit = (by: Services) => commitChange(by, TARGET, create, count);

describe('a change', () => {
  it('is committed with its notes and alerts, each alert with one id for all channels', async () => {
    const { result, outbox, record } = await commit(world.services);
    expect(result).toBe(1);
    expect(outbox.map(({ channel, status, attempts }) => [channel, status, attempts])).toEqual([
      ['ops', 'pending', 0],
      ['siem', 'pending', 0],
    ]);
    expect(new Set(outbox.map(({ alert }) => alert.id)).size).toBe(1);
    const ledger = await inspectLedger(world.services, SCOPE);
    expect(kindsOf(ledger)).toEqual(['blinded', 'alerted']);
    expect(ledger.history[1]).toMatchObject({ alertId: outbox[0]?.alert.id, channels: ['ops', 'siem'] });
    expect(ledger.record).toEqual(record);
    expect(ledger.chain).toBe('intact');
  });

  it('that changes nothing writes nothing', async () => {
    const decided = await commitChange(world.services, TARGET, create, () => ({ unchanged: 'same' }));
    expect(decided).toEqual({ record: create(), outbox: [], result: 'same' });
    expect(await world.services.ledger.load(SCOPE)).toBeNull();
  });

  it('has its mailbox items before its commit: a crash between hides no alert', async () => {
    const order: string[] = [];
    const noting = wrapServices(world.services, async ({ name }, work) => {
      order.push(name);
      return work();
    });
    await commit(noting);
    expect(order).toEqual(['ledger.load', 'mailbox.add', 'ledger.commit', 'hintDelivery', 'hintDelivery']);
  });
});

describe('several at once', () => {
  it('take turns: every one is counted, none twice', async () => {
    const met = meetAt('ledger.load', ['a', 'b', 'c', 'd'].map(world.openProcess));
    const results = await Promise.all(met.map(commit));
    expect(results.map(({ result }) => result).sort()).toEqual([1, 2, 3, 4]);
    const ledger = await inspectLedger(world.services, SCOPE);
    expect(ledger.outbox).toHaveLength(8);
    expect(ledger.chain).toBe('intact');
  });

  it('who never gets a turn says so, and what to do', async () => {
    const unlucky = wrapServices(world.services, async ({ name }, work) => {
      return name === 'ledger.commit' ? ('conflict' as never) : work();
    });
    await expect(commit(unlucky)).rejects.toThrow(
      `the ledger of ${SCOPE} was changed by others 12 times in a row; the next sweep tries again`,
    );
    expect(await world.services.ledger.load(SCOPE)).toBeNull();
  });
});

it('a commit that comes later than its mailbox items live is begun anew', async () => {
  let stalls = 1;
  const slow = wrapServices(world.services, async ({ name }, work) => {
    const result = await work();
    // The process sleeps, as a laptop does, right after it wrote the items.
    if (name === 'mailbox.add' && stalls-- > 0) world.clock.advance(20 * 60_000);
    return result;
  });
  const { outbox } = await commit(slow);
  const [item] = await world.services.mailbox.items('ops');
  expect(item).toMatchObject({ alertId: outbox[0]?.alert.id, createdAt: world.clock.instant() });
});

it('a chain goes on where it ended', async () => {
  for (let turn = 0; turn < 3; turn += 1) await commit(world.services);
  const { history, record } = await inspectLedger(world.services, SCOPE);
  expect(history.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(history[0]?.previousHash).toBe(EMPTY_CHAIN.hash);
  expect(record?.chain).toMatchObject({ seq: 6, hash: history[5]?.hash });
});
