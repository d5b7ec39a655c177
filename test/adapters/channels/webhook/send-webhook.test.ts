import type { NamedChannel } from '../../../../shared/core/registry/tenant.ts';
import { teamsBehaviours } from '../../../../simulator/teams/teams-behaviours.ts';
import { alertsOfEveryKind } from '../../../support/alerts-of-every-kind.ts';
import { claimStorage } from '../../../support/claim-storage.ts';
import { nameChannels, openWorld, type World } from '../../../support/open-world.ts';

let world: World;
let channel: NamedChannel;

beforeEach(async () => {
  world = await openWorld(claimStorage());
  channel = { id: 'siem', ...nameChannels(world).siem } as NamedChannel;
});

afterEach(() => world.close());

const { alert } = alertsOfEveryKind()[0]!;
const outgoing = { alert, possibleRepeat: false, shrink: 0, traffic: null, changedBy: null };

describe('a webhook', () => {
  it('gets a CloudEvent whose ids are the id of the alert, signed so that the receiver accepts it', async () => {
    expect(await world.services.channels.send(channel, outgoing)).toEqual({ kind: 'accepted', workflowRun: null });
    const [delivery] = world.simulator.webhook('siem').deliveries;
    expect(delivery?.headers).toMatchObject({
      'webhook-id': alert.id,
      'content-type': 'application/cloudevents+json; charset=utf-8',
    });
    expect(JSON.parse(delivery?.body ?? '')).toMatchObject({
      specversion: '1.0',
      id: alert.id,
      type: `directsendwatch.${alert.facts.kind}.v1`,
      subject: `tenant/${alert.tenant?.id}`,
    });
  });

  it('is signed with both secrets while they are rotated', async () => {
    const newSecret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
    const rotating = { ...channel, secret: { setting: 'TEST_NEW' }, previousSecret: { setting: 'TEST_SIEM_SECRET' } };
    world.env.TEST_NEW = newSecret;
    for (const known of [world.env.TEST_SIEM_SECRET!, newSecret]) {
      world.simulator.webhook('siem').secrets = [known];
      expect(await world.services.channels.send(rotating as NamedChannel, outgoing)).toMatchObject({
        kind: 'accepted',
      });
    }
  });

  it('is never grouped', () => {
    expect(world.services.channels.groups(channel)).toBe(false);
  });

  it.each([
    ['gone', { kind: 'refused', cause: 'gone' }],
    ['redirected', { kind: 'refused', cause: 'redirected' }],
    ['throttledForSeconds', { kind: 'retry', after: 17_000 }],
    ['htmlBadGateway', { kind: 'retry', after: null }],
    ['postedThenCut', { kind: 'retry', mayHaveArrived: true }],
  ] as const)('that answers %s', async (name, expected) => {
    world.simulator.webhook('siem').behave(teamsBehaviours[name]);
    expect(await world.services.channels.send(channel, outgoing)).toMatchObject(expected);
  });
});

describe('a webhook that is configured wrongly', () => {
  const problems: [string, Record<string, string>, RegExp][] = [
    ['has no URL', { TEST_SIEM_URL: '' }, /TEST_SIEM_URL is missing or empty/],
    ['has a secret of another form', { TEST_SIEM_SECRET: 'MARKER' }, /whsec_/],
    ['leads inside', { TEST_SIEM_URL: 'https://169.254.169.254/MARKER' }, /not public/],
    [
      'has a Key Vault reference that was not resolved',
      { TEST_SIEM_URL: '@Microsoft.KeyVault(SecretUri=x)' },
      /Key Vault/,
    ],
  ];
  it.each(problems)('%s: says so before and at sending, and repeats no secret', async (_what, env, expected) => {
    Object.assign(world.env, env);
    const problem = await world.services.channels.check(channel);
    expect(problem).toMatch(expected);
    const sent = await world.services.channels.send(channel, outgoing);
    expect(sent).toMatchObject({ kind: 'refused', cause: 'misconfigured', error: expect.stringMatching(expected) });
    expect(JSON.stringify([problem, sent])).not.toContain('MARKER');
    expect(world.simulator.requests).toEqual([]);
  });

  it('whose name leads inside is refused when it is resolved, unless its host was allowed', async () => {
    const { url } = world.simulator.webhook('siem');
    world.env.TEST_SIEM_URL = url.replace('127.0.0.1', 'localhost');
    expect(await world.services.channels.check(channel)).toBeNull();
    const sent = await world.services.channels.send(channel, outgoing);
    expect(sent).toMatchObject({ kind: 'refused', cause: 'misconfigured' });
    expect(world.simulator.requests).toEqual([]);
  });
});
