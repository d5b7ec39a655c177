import { accepted, FABRIKAM, FULL, fullWith, problemsOf } from './sample-file.ts';

/** A file of one tenant with something else in it. */
const tenantWith = (change: object) => ({ tenants: [{ id: FABRIKAM, name: 'Fabrikam GmbH', ...change }] });
const channelsWith = (ops: unknown) => ({ channels: { ops }, tenants: [] });
const teams = { type: 'teams-workflow', url: { setting: 'DSW_CHANNEL_OPS_URL' } };

describe('a right file', () => {
  test('is accepted as it is', () => {
    expect(accepted(FULL)).toEqual({ ok: true, file: FULL, warnings: [] });
  });

  test('needs no more than a list of tenants, and an empty one is a warning', () => {
    const warning = { path: 'tenants', message: 'is empty: no tenant would be checked' };
    expect(accepted({ tenants: [] })).toEqual({ ok: true, file: { tenants: [] }, warnings: [warning] });
  });

  test('may end its lines as Windows does', () => {
    expect(accepted(JSON.stringify(FULL, null, 2).replaceAll('\n', '\r\n')).file).toEqual(FULL);
  });

  test('may write ids in capitals; they are kept in small letters', () => {
    expect(accepted(tenantWith({ id: FABRIKAM.toUpperCase() })).file.tenants[0]?.id).toBe(FABRIKAM);
  });

  test.each<[string, object]>([
    ['a name of 256 characters', { name: 'ä'.repeat(256) }],
    ['a name in any script', { name: '株式会社ノースウィンド 🏭' }],
    ['a domain in its own script', { domains: ['bücher.example', '例え.テスト', 'xn--bcher-kva.example'] }],
    ['a deep domain', { domains: ['a.b.c.d.onmicrosoft.com'] }],
    ...['global', 'gcc', 'gcc-high', 'dod', 'china'].map(
      (cloud) => [`the cloud ${cloud}`, { cloud }] satisfies [string, object],
    ),
    ['no channels of its own', { channels: [] }],
  ])('may have a tenant with %s', (_, change) => expect(problemsOf(tenantWith(change))).toEqual([]));
});

const LINE = 'must not contain control characters or line breaks';
const GUID = 'must be a tenant id (a GUID)';
const DOMAIN = 'must be a domain name such as "fabrikam.example"';
const DURATION = 'must be a duration such as "4h" (s, m, h or d)';
const NAMED =
  'must be { "setting": "NAME" } or { "vaultSecret": "name" }: URLs and secrets are named here, never written';
const SHORT_NAME = 'must be a short name of lower-case letters, digits and hyphens';

test.each<[string, unknown, string[]]>([
  ['broken JSON', '{"tenants": [', [': is not JSON: look at line 1, column 14']],
  ['a list', [], [': must be an object']],
  ['a number', '42', [': must be an object']],
  ['null', 'null', [': must be an object']],
  ['no tenants', {}, ['tenants: is required']],
  ['tenants that are no list', { tenants: {} }, ['tenants: must be a list']],
  ['a tenant that is a text', { tenants: ['x'] }, ['tenants[0]: must be an object']],
  ['a tenant without id and name', { tenants: [{}] }, ['tenants[0].id: is required', 'tenants[0].name: is required']],
  ['an id of another kind', tenantWith({ id: 7 }), ['tenants[0].id: must be text']],
  ['an id that is no GUID', tenantWith({ id: 'fabrikam' }), [`tenants[0].id: ${GUID}`]],
  ['an id in braces', tenantWith({ id: `{${FABRIKAM}}` }), [`tenants[0].id: ${GUID}`]],
  ['an id with something after it', tenantWith({ id: `${FABRIKAM}\n` }), [`tenants[0].id: ${GUID}`]],
  [
    'an empty name',
    tenantWith({ name: '' }),
    ['tenants[0].name: must not be empty', 'tenants[0].name: must not be blank'],
  ],
  ['a blank name', tenantWith({ name: ' \u00a0' }), ['tenants[0].name: must not be blank']],
  [
    'a name that is too long',
    tenantWith({ name: 'x'.repeat(257) }),
    ['tenants[0].name: must have at most 256 characters'],
  ],
  ['a name of two lines', tenantWith({ name: 'a\nb' }), [`tenants[0].name: ${LINE}`]],
  [
    'a name with half a character',
    '{"tenants":[{"id":"3d1c5a8e-6f0b-4b7a-9c2d-1e2f3a4b5c6d","name":"\\ud800"}]}',
    [`tenants[0].name: ${LINE}`],
  ],
  ['a domain without a dot', tenantWith({ domains: ['localhost'] }), [`tenants[0].domains[0]: ${DOMAIN}`]],
  [
    'an address as domain',
    tenantWith({ domains: ['a.example', 'jana@fabrikam.example'] }),
    [`tenants[0].domains[1]: ${DOMAIN}`],
  ],
  ['a URL as domain', tenantWith({ domains: ['https://fabrikam.example'] }), [`tenants[0].domains[0]: ${DOMAIN}`]],
  ['a domain as text', tenantWith({ domains: 'fabrikam.example' }), ['tenants[0].domains: must be a list']],
  [
    'a domain that is too long',
    tenantWith({ domains: [`${'a.'.repeat(126)}example`] }),
    ['tenants[0].domains[0]: must have at most 253 characters'],
  ],
  [
    'too many domains',
    tenantWith({ domains: Array(5001).fill('a.example') }),
    ['tenants[0].domains: must have at most 5000'],
  ],
  [
    'a cloud that does not exist',
    tenantWith({ cloud: 'mars' }),
    ['tenants[0].cloud: must be one of global, gcc, gcc-high, dod, china'],
  ],
  ['a duration without unit', tenantWith({ escalateAfter: '4' }), [`tenants[0].escalateAfter: ${DURATION}`]],
  ['a duration as number', tenantWith({ escalateAfter: 4 }), ['tenants[0].escalateAfter: must be text']],
  ['nobody to escalate to', tenantWith({ escalateTo: [] }), ['tenants[0].escalateTo: must have at least 1']],
  ['too many channels', tenantWith({ channels: Array(21).fill('ops') }), ['tenants[0].channels: must have at most 20']],
  ['an unknown key of a tenant', tenantWith({ colour: 'red' }), ['tenants[0].colour: is not a known key']],
  [
    'unknown keys of the file',
    { tenants: [], tenant: 1, version: 2 },
    ['tenant: is not a known key', 'version: is not a known key'],
  ],
  ['a key that only looks harmless', '{"tenants":[],"__proto__":{}}', ['__proto__: is not a known key']],
  ['channels that are a list', { channels: [], tenants: [] }, ['channels: must be an object']],
  ['a channel without type', channelsWith({}), ['channels.ops.type: must be teams-workflow, webhook or email']],
  [
    'a channel of another type',
    channelsWith({ type: 'sms' }),
    ['channels.ops.type: must be teams-workflow, webhook or email'],
  ],
  ['a channel with capitals in its name', { channels: { OPS: teams }, tenants: [] }, [`channels.OPS: ${SHORT_NAME}`]],
  [
    'a channel whose name ends with a hyphen',
    { channels: { 'ops-': teams }, tenants: [] },
    [`channels.ops-: ${SHORT_NAME}`],
  ],
  [
    'a channel with spaces in its name',
    { channels: { 'my ops': teams }, tenants: [] },
    [`channels.(a key that is not a plain name): ${SHORT_NAME}`],
  ],
  ['a URL that is written out', channelsWith({ ...teams, url: 'https://x.example' }), [`channels.ops.url: ${NAMED}`]],
  [
    'a setting whose name is none',
    channelsWith({ ...teams, url: { setting: 'my url' } }),
    ['channels.ops.url.setting: must be the name of an application setting'],
  ],
  [
    'a vault secret whose name is none',
    channelsWith({ ...teams, url: { vaultSecret: 'a_b' } }),
    ['channels.ops.url.vaultSecret: must be the name of a Key Vault secret'],
  ],
  [
    'a setting and a vault secret',
    channelsWith({ ...teams, url: { setting: 'A', vaultSecret: 'a' } }),
    [`channels.ops.url: ${NAMED}`],
  ],
  [
    'a webhook without secret',
    channelsWith({ type: 'webhook', url: { setting: 'A' } }),
    [`channels.ops.secret: ${NAMED}`],
  ],
  [
    'a language that nobody speaks here',
    channelsWith({ ...teams, language: 'sv' }),
    ['channels.ops.language: must be one of en, ja, fi'],
  ],
  [
    'a time zone that does not exist',
    channelsWith({ ...teams, timeZone: 'Mars/Olympus' }),
    ['channels.ops.timeZone: must be an IANA time zone such as "Europe/Helsinki"'],
  ],
  [
    'a mail to nobody',
    channelsWith({ type: 'email', from: 'a@b.example', to: [] }),
    ['channels.ops.to: must have at least 1'],
  ],
  [
    'a mail to no address',
    channelsWith({ type: 'email', from: 'a@b.example', to: ['boss'] }),
    ['channels.ops.to[0]: must be an e-mail address'],
  ],
  [
    'a mail with a header in its sender',
    channelsWith({ type: 'email', from: 'a@b.example\nBcc: x@y.example', to: ['c@d.example'] }),
    ['channels.ops.from: must be an e-mail address'],
  ],
])('%s is refused, with its place', (_, file, problems) => expect(problemsOf(file)).toEqual(problems));

test('every problem is named, not only the first', () => {
  const file = fullWith(({ tenants, defaults }) => {
    Object.assign(tenants[1]!, { id: 'x', domains: ['y'] });
    Object.assign(defaults!, { escalateAfter: 'soon' });
  });
  expect(problemsOf(file)).toHaveLength(3);
});
