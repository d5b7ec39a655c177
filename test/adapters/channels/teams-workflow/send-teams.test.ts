import { teamsSender } from '../../../../shared/adapters/channels/teams-workflow/send-teams.ts';
import { type HttpLimits, openHttpPool, type SendRequest } from '../../../../shared/adapters/http/send-request.ts';
import type { NamedChannel } from '../../../../shared/core/registry/tenant.ts';
import { teamsBehaviours } from '../../../../simulator/teams/teams-behaviours.ts';
import { alertsOfEveryKind, contextOf } from '../../../support/alerts-of-every-kind.ts';
import { claimStorage } from '../../../support/claim-storage.ts';
import { nameChannels, openWorld, type World } from '../../../support/open-world.ts';

let world: World;
let channel: NamedChannel;

beforeAll(async () => {
  world = await openWorld(claimStorage());
  channel = { id: 'ops', ...nameChannels(world).ops } as NamedChannel;
});

afterEach(() => world.simulator.flow('ops').behave());
afterAll(() => world.close());

const sample = alertsOfEveryKind()[0]!;
const { alert } = sample;
const outgoing = { alert, possibleRepeat: false, shrink: 0, traffic: null, changedBy: null };
const send = () => world.services.channels.send(channel, outgoing);

it('a card is accepted with the run that took it, and the flow posts it', async () => {
  const flow = world.simulator.flow('ops');
  const sent = await send();
  expect(sent).toEqual({ kind: 'accepted', workflowRun: flow.accepted.at(-1)?.runId });
  expect(JSON.stringify(flow.posted.at(-1)?.card)).toContain(alert.id);
  expect(flow.failedRuns).toEqual([]);
  expect(world.simulator.requests.filter(({ wrong }) => wrong !== null)).toEqual([]);
});

describe('an answer of the workflow', () => {
  type Tried = Exclude<keyof typeof teamsBehaviours, 'hangBeforeHeaders' | 'hangInBody' | 'postedThenHangs'>;
  const rows: Record<Tried, object> = {
    acceptedThenLost: { kind: 'accepted', workflowRun: '08584392201948817204301122345CU08' },
    postedThenCut: { kind: 'retry', after: null, mayHaveArrived: true },
    cutBeforeHeaders: { kind: 'retry', after: null, mayHaveArrived: true },
    // The status was a success: what happened to the body after it does not undo that.
    cutAfterHeaders: { kind: 'accepted', workflowRun: null },
    cutInBody: { kind: 'accepted', workflowRun: null },
    endlessBody: { kind: 'accepted', workflowRun: null },
    disabled: { kind: 'refused', cause: 'flow-disabled', error: 'answered 400 WorkflowTriggerIsNotEnabled' },
    deleted: { kind: 'refused', cause: 'flow-deleted' },
    suspended: { kind: 'refused', cause: 'flow-suspended' },
    schemaMismatch: { kind: 'refused', cause: 'schema-mismatch' },
    signatureLost: { kind: 'refused', cause: 'signature-lost' },
    signatureForbidden: { kind: 'refused', cause: 'signature-lost' },
    wrongCaller: { kind: 'refused', cause: 'access-denied' },
    workflowMissing: { kind: 'refused', cause: 'not-found' },
    routeMissing: { kind: 'refused', cause: 'not-found' },
    gone: { kind: 'refused', cause: 'gone' },
    tooLarge: { kind: 'too-large' },
    redirected: { kind: 'refused', cause: 'redirected' },
    throttledWithoutHint: { kind: 'retry', after: null, mayHaveArrived: false },
    throttledForSeconds: { kind: 'retry', after: 17_000, mayHaveArrived: false },
    throttledUntilDate: { kind: 'retry', after: 17_000, mayHaveArrived: false },
    internalError: { kind: 'retry', after: null, mayHaveArrived: true },
    unavailable: { kind: 'retry', after: null, mayHaveArrived: false },
    unavailableForSeconds: { kind: 'retry', after: 17_000, mayHaveArrived: false },
    htmlBadGateway: { kind: 'retry', after: null, mayHaveArrived: true },
    htmlGatewayTimeout: { kind: 'retry', after: null, mayHaveArrived: true },
    htmlSuccess: { kind: 'accepted', workflowRun: null },
    emptySuccess: { kind: 'accepted', workflowRun: null },
    noContent: { kind: 'accepted', workflowRun: null },
    brokenJson: { kind: 'accepted', workflowRun: null },
  };
  it.each(Object.entries(rows))('%s', async (name, expected) => {
    world.simulator.flow('ops').behave(teamsBehaviours[name as Tried]);
    const sent = await send();
    expect(sent).toMatchObject(expected);
    expect(JSON.stringify(sent)).not.toContain(world.simulator.marker);
  });
});

const MAY_HAVE_TAKEN_IT = { kind: 'retry', after: null, mayHaveArrived: true };

it.each([
  ['hangBeforeHeaders', MAY_HAVE_TAKEN_IT],
  ['postedThenHangs', MAY_HAVE_TAKEN_IT],
  ['hangInBody', { kind: 'accepted' }],
] as const)(
  'a workflow that hangs (%s) is given up after 20 s; it may have taken the card, and has when its status says so',
  async (name, expected) => {
    world.simulator.flow('ops').behave(teamsBehaviours[name]);
    const pool = openHttpPool();
    const asked: HttpLimits[] = [];
    const impatient: SendRequest = (request, limits) => {
      asked.push(limits);
      return pool.send(request, { ...limits, answerWithin: 100, wholeWithin: 100 });
    };
    const resolve = async () => ({ ok: true, value: world.env.TEST_OPS_URL ?? '' }) as const;
    const sender = teamsSender(impatient, resolve, [world.env.DSW_WEBHOOK_HOSTS ?? ''], world.clock.now);
    const message = { alert, context: contextOf(sample, 'en'), shrink: 0 };
    const sent = await sender.send(channel as NamedChannel & { type: 'teams-workflow' }, message);
    expect(sent).toMatchObject(expected);
    // The whole request is limited, not only the wait for its headers: a lease must outlive it.
    expect(asked).toEqual([expect.objectContaining({ answerWithin: 20_000, wholeWithin: 20_000 })]);
    await pool.close();
  },
);

it('a URL that was lost is a wrong configuration: nothing is sent', async () => {
  const before = world.simulator.requests.length;
  const lost = { ...channel, url: { setting: 'TEST_LOST_URL' } } as NamedChannel;
  const expected = expect.stringContaining('TEST_LOST_URL');
  expect(await world.services.channels.check(lost)).toEqual(expected);
  expect(await world.services.channels.send(lost, outgoing)).toEqual({
    kind: 'refused',
    cause: 'misconfigured',
    error: expected,
  });
  expect(world.simulator.requests).toHaveLength(before);
});

it('a message that was found too large is halved each time', async () => {
  const sizes: number[] = [];
  const large = alertsOfEveryKind().find((one) => one.alert.facts.kind === 'digest')!.alert;
  for (const shrink of [0, 1, 2, 3]) {
    await world.services.channels.send(channel, { ...outgoing, alert: large, shrink });
    sizes.push(Buffer.byteLength(world.simulator.flow('ops').accepted.at(-1)?.body ?? ''));
    expect(sizes.at(-1)).toBeLessThanOrEqual(24_576 / 2 ** shrink);
  }
  expect(sizes).toEqual([...sizes].sort((one, other) => other - one));
});
