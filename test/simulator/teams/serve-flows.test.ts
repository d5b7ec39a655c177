import type { Simulator } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/start-simulator.ts';
import type { Flow } from '../../../simulator/teams/flow.ts';
import { teamsBehaviours } from '../../../simulator/teams/teams-behaviours.ts';
import { type Caller, type CallOptions, createCaller, IMPATIENT } from '../call-simulator.ts';

let simulator: Simulator;
let caller: Caller;
let impatient: Caller;
let flow: Flow;
let now: Date;

beforeEach(async () => {
  now = new Date('2026-11-20T09:14:05Z');
  simulator = await startSimulator({ clock: () => now });
  caller = createCaller(simulator);
  impatient = createCaller(simulator, IMPATIENT);
  flow = simulator.flow('ops');
});

afterEach(async () => {
  await Promise.all([caller.close(), impatient.close()]);
  await simulator.stop();
});

const CARD = { type: 'AdaptiveCard', version: '1.4', body: [{ type: 'TextBlock', text: 'DRIFT' }] };
const MESSAGE = {
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: CARD }],
};

function post(message: unknown = MESSAGE, url: string = flow.url, options: CallOptions = {}, client = caller) {
  const headers = { 'content-type': 'application/json' };
  return client.call(url, { method: 'POST', headers, body: JSON.stringify(message), ...options });
}

const wrongs = () => simulator.requests.map(({ wrong }) => wrong);

describe('a flow that posts cards', () => {
  it('has an address of the shape that new flows have', () => {
    expect(flow.url).toMatch(
      /^https:\/\/127\.0\.0\.1:\d+\/powerautomate\/automations\/direct\/workflows\/[0-9a-f]{32}\/triggers\/manual\/paths\/invoke\?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1\.0&sig=\w+$/,
    );
    expect(flow.url).toContain(simulator.marker);
    expect(simulator.teamsUrl('ops')).toBe(flow.url);
    expect(simulator.flow('other').url).not.toBe(flow.url);
  });

  it('accepts with an empty 202 and a run id, and posts the card', async () => {
    const heard = await post();
    const runId = heard.headers['x-ms-workflow-run-id'];
    expect([heard.status, heard.text]).toEqual([202, '']);
    expect(runId).toMatch(/^0858[0-9A-F]{24}CU08$/);
    expect(flow.accepted).toEqual([{ at: now.toISOString(), runId, body: JSON.stringify(MESSAGE) }]);
    expect(flow.posted).toEqual([{ at: now.toISOString(), runId, card: CARD }]);
    expect(wrongs()).toEqual([null]);
  });

  it.each<[string, unknown, string]>([
    ['no attachments', { text: 'hello' }, "is of type 'Null'"],
    ['attachments that are no list', { attachments: {} }, "is of type 'Object'"],
    ['another kind of card', { attachments: [{ content: { type: 'MessageCard' } }] }, "'type' must be 'AdaptiveCard'"],
    ['more than 28 KB', { ...MESSAGE, padding: 'ä'.repeat(14 * 1024) }, 'Request Entity too large'],
  ])('accepts %s and fails unseen', async (_, message, error) => {
    expect((await post(message)).status).toBe(202);
    expect(flow.accepted).toHaveLength(1);
    expect(flow.posted).toEqual([]);
    expect(flow.failedRuns).toEqual([expect.objectContaining({ error: expect.stringContaining(error) })]);
  });

  it.each(['Disabled', 'Deleted', 'Suspended'] as const)('says that it is %s', async (state) => {
    flow.state = state;
    const heard = await post();
    expect([heard.status, heard.json()]).toEqual([
      400,
      {
        error: {
          code: 'WorkflowTriggerIsNotEnabled',
          message: expect.stringContaining(`with state '${state}': trigger is not enabled.`),
        },
      },
    ]);
    expect(wrongs()).toEqual([null]);
    flow.state = 'Enabled';
    expect((await post()).status).toBe(202);
  });

  it('may have a schema that does not take null', async () => {
    flow.strictSchema = true;
    expect((await post()).text).toContain('TriggerInputSchemaMismatch');
    const [attachment] = MESSAGE.attachments;
    expect((await post({ attachments: [{ ...attachment, contentUrl: '' }] })).status).toBe(202);
  });

  it('has a quota over five minutes', async () => {
    flow.invocationsPerFiveMinutes = 2;
    expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([202, 202, 429]);
    now = new Date(now.getTime() + 5 * 60_000);
    expect((await post()).status).toBe(202);
  });

  it.each<[string, (url: URL) => void, CallOptions, number, string]>([
    [
      'another path',
      (url) => {
        url.pathname = url.pathname.replace('invoke', 'call');
      },
      {},
      404,
      'known API routes',
    ],
    ['another method', () => {}, { method: 'PUT' }, 404, 'known API routes'],
    ['no api-version', (url) => url.searchParams.delete('api-version'), {}, 400, 'MissingApiVersionParameter'],
    ['no signature', (url) => url.searchParams.delete('sig'), {}, 401, 'DirectApiAuthorizationRequired'],
    ['another signature', (url) => url.searchParams.set('sig', 'x'), {}, 401, 'DirectApiAuthorizationRequired'],
    [
      'a token beside the signature',
      () => {},
      { headers: { 'content-type': 'application/json', authorization: 'Bearer x' } },
      400,
      'DirectApiRequestHasMoreThanOneAuthorization',
    ],
    ['no JSON', () => {}, { body: '{' }, 400, 'InvalidRequestContent'],
    ['another type', () => {}, { headers: { 'content-type': 'text/plain' } }, 400, 'InvalidRequestContent'],
  ])('refuses %s', async (_, change, options, status, text) => {
    const url = new URL(flow.url);
    change(url);
    const heard = await post(MESSAGE, url.href, options);
    expect([heard.status, heard.text]).toEqual([status, expect.stringContaining(text)]);
    expect(wrongs()).toEqual([expect.any(String)]);
    expect(flow.accepted).toEqual([]);
  });

  it('looks at the version before the signature, and at the signature before its state', async () => {
    flow.state = 'Disabled';
    const url = new URL(flow.url);
    url.searchParams.delete('sig');
    expect((await post(MESSAGE, url.href)).status).toBe(401);
    url.searchParams.delete('api-version');
    expect((await post(MESSAGE, url.href)).status).toBe(400);
  });
});

/** Status and a part of the answer, or what the sender found in its place; and what came of the card. */
const OUTCOMES: Record<keyof typeof teamsBehaviours, readonly [number, string, 'nothing' | 'accepted' | 'posted']> = {
  hangBeforeHeaders: [0, 'UND_ERR_HEADERS_TIMEOUT', 'nothing'],
  hangInBody: [200, 'UND_ERR_BODY_TIMEOUT', 'nothing'],
  cutBeforeHeaders: [0, 'UND_ERR_SOCKET', 'nothing'],
  cutAfterHeaders: [200, 'UND_ERR_SOCKET', 'nothing'],
  cutInBody: [200, 'UND_ERR_SOCKET', 'nothing'],
  endlessBody: [200, 'UND_ERR_RES_EXCEEDED_MAX_SIZE', 'nothing'],
  htmlBadGateway: [502, '<h1>', 'nothing'],
  htmlGatewayTimeout: [504, '<h1>', 'nothing'],
  htmlSuccess: [200, '<h1>', 'accepted'],
  emptySuccess: [200, '', 'accepted'],
  noContent: [204, '', 'accepted'],
  brokenJson: [200, '{"value"', 'accepted'],
  acceptedThenLost: [202, '', 'accepted'],
  postedThenCut: [0, 'UND_ERR_SOCKET', 'posted'],
  postedThenHangs: [0, 'UND_ERR_HEADERS_TIMEOUT', 'posted'],
  disabled: [400, "state 'Disabled'", 'nothing'],
  deleted: [400, "state 'Deleted'", 'nothing'],
  suspended: [400, "state 'Suspended'", 'nothing'],
  schemaMismatch: [400, 'Expected String but got Null', 'nothing'],
  signatureLost: [401, 'DirectApiAuthorizationRequired', 'nothing'],
  signatureForbidden: [401, 'DirectApiInvalidAuthorizationScheme', 'nothing'],
  wrongCaller: [403, 'MisMatchingOAuthClaims', 'nothing'],
  workflowMissing: [404, 'WorkflowNotFound', 'nothing'],
  routeMissing: [404, 'known API routes', 'nothing'],
  gone: [410, '', 'nothing'],
  tooLarge: [413, '', 'nothing'],
  throttledWithoutHint: [429, 'TooManyRequests', 'nothing'],
  throttledForSeconds: [429, 'TooManyRequests', 'nothing'],
  throttledUntilDate: [429, 'TooManyRequests', 'nothing'],
  internalError: [500, 'InternalServerError', 'nothing'],
  unavailable: [503, 'ServiceUnavailable', 'nothing'],
  unavailableForSeconds: [503, 'ServiceUnavailable', 'nothing'],
  redirected: [302, '', 'nothing'],
};

describe('behaviours of a flow', () => {
  it.each(Object.entries(OUTCOMES))('%s', async (name, [status, text, outcome]) => {
    flow.behave(teamsBehaviours[name as keyof typeof teamsBehaviours]);
    const heard = await post(MESSAGE, flow.url, {}, text.includes('TIMEOUT') ? impatient : caller);
    expect(heard.status).toBe(status);
    expect(heard.failure ?? heard.text).toContain(text);
    expect(flow.accepted).toHaveLength(outcome === 'nothing' ? 0 : 1);
    expect(flow.posted).toHaveLength(outcome === 'posted' ? 1 : 0);
  });

  it('tell when to come again: in seconds, at a date, or not', async () => {
    const { throttledForSeconds, throttledUntilDate, throttledWithoutHint } = teamsBehaviours;
    flow.behave(throttledForSeconds, throttledUntilDate, throttledWithoutHint);
    const hints = [await post(), await post(), await post()].map(({ headers }) => headers['retry-after']);
    expect(hints).toEqual(['17', 'Fri, 20 Nov 2026 09:14:22 GMT', undefined]);
  });

  it('come in sequence, for this flow only', async () => {
    flow.behave(teamsBehaviours.internalError, teamsBehaviours.internalError, 'healthy');
    const other = simulator.flow('other');
    expect((await post(MESSAGE, other.url)).status).toBe(202);
    expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([500, 500, 202]);
    expect(flow.posted).toHaveLength(1);
  });
});
