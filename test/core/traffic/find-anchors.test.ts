import type { InboundConnector } from '../../../shared/core/posture/inbound-connector.ts';
import type { SpfMatch } from '../../../shared/core/traffic/network-context.ts';
import { assessOne, buildContext, buildDay, buildDays, workdays } from './build-source.ts';

const SOURCE = '203.0.113.9';
const PASS: SpfMatch = {
  result: 'pass',
  domain: 'contoso.example',
  mechanism: 'ip4:203.0.113.9',
  includes: [],
  prefix: 32,
};
const CONNECTOR: InboundConnector = {
  name: 'Office',
  enabled: true,
  type: 'OnPremises',
  senderDomains: ['*'],
  senderAddresses: ['203.0.113.8/29'],
  certificateName: null,
  restrictToAddresses: false,
  restrictToCertificate: false,
  treatMessagesAsInternal: false,
  cloudServicesMail: false,
};

describe('network anchors', () => {
  const days = buildDays(workdays(3));

  test.each([
    ['an own SPF entry for one address', { spf: PASS }, {}, 'spf-own-entry'],
    ['an own include', { spf: { ...PASS, includes: ['_spf.contoso.example'] } }, {}, 'spf-own-entry'],
    ['an inbound connector', {}, { connectors: [CONNECTOR] }, 'connector-address'],
    ['a named location', {}, { namedLocations: ['203.0.113.0/24'] }, 'named-location'],
    ['sign-ins of several users', { signIns: { users: 4, days: 6 } }, {}, 'users-sign-in-here'],
    ['a confirmed own name', { pointer: { kind: 'confirmed', name: 'mail.contoso.example' } }, {}, 'own-host-name'],
    [
      'the gateway of the MX record',
      { pointer: { kind: 'confirmed', name: 'out7.gateway.example' } },
      { mailExchangers: [{ domain: 'contoso.example', hosts: ['mx1.gateway.example'], addresses: ['198.51.100.1'] }] },
      'mail-gateway',
    ],
  ] as const)('%s makes a device', (_, known, rest, anchor) => {
    const source = assessOne(days, buildContext({ [SOURCE]: known }, rest));
    expect(source).toMatchObject({ assessment: 'device-or-app', anchors: [anchor] });
  });

  test.each([
    ['a wide block', { spf: { ...PASS, mechanism: 'ip4:203.0.112.0/20', prefix: 20 } }, {}],
    ['a shared include', { spf: { ...PASS, includes: ['spf.service.example'] } }, {}],
    ['an include of a look-alike', { spf: { ...PASS, includes: ['notcontoso.example'] } }, {}],
    ['+all', { spf: { ...PASS, mechanism: '+all', prefix: 0 } }, {}],
    ['a mechanism of unknown width', { spf: { ...PASS, mechanism: 'exists:%{i}.contoso.example', prefix: null } }, {}],
    ['SPF that fails', { spf: { ...PASS, result: 'softfail' } }, {}],
    ['a disabled connector', {}, { connectors: [{ ...CONNECTOR, enabled: false }] }],
    ['a connector for a whole cloud', {}, { connectors: [{ ...CONNECTOR, senderAddresses: ['203.0.113.0/24'] }] }],
    ['a named location as wide as a country', {}, { namedLocations: ['203.0.0.0/8'] }],
    ['sign-ins of one user', { signIns: { users: 1, days: 20 } }, {}],
    ['a name that is not confirmed', { pointer: { kind: 'unconfirmed' } }, {}],
    ['a name below a look-alike', { pointer: { kind: 'confirmed', name: 'mail.notcontoso.example' } }, {}],
    [
      "a name that any customer of the gateway's cloud has",
      { pointer: { kind: 'confirmed', name: 'host-203-0-113-9.gateway.example' } },
      { mailExchangers: [{ domain: 'contoso.example', hosts: ['mx1.gateway.example'], addresses: ['198.51.100.1'] }] },
    ],
    [
      'MX by SPF where the MX record names a shared gateway',
      { spf: { ...PASS, mechanism: 'mx' } },
      { mailExchangers: [{ domain: 'contoso.example', hosts: ['mx1.gateway.example'], addresses: ['198.51.100.1'] }] },
    ],
    ['nothing at all known', {}, { connectors: null, mailExchangers: null }],
  ] as const)('%s does not', (_, known, rest) => {
    const source = assessOne(days, buildContext({ [SOURCE]: known }, rest));
    expect(source.anchors).toEqual([]);
    expect(source.assessment).not.toBe('device-or-app');
  });

  test('behind an anchor the shape of the mail accuses nobody, verdicts on content do', () => {
    const people = Array.from({ length: 12 }, (_, at) => `person${at}@contoso.example`);
    const selves = { messages: 12, people, from: [], to: people, senders: { toSelf: 12, fromPerson: 12 } };
    const context = buildContext({ [SOURCE]: { spf: PASS } });
    expect(assessOne([buildDay(selves)], context).assessment).toBe('device-or-app');
    expect(assessOne([buildDay({ ...selves, verdicts: { content: 6 } })], context).assessment).toBe('likely-spoof');
    const codes = buildDay({ ...selves, payload: { carrying: 12, qrCodes: 12 } });
    expect(assessOne([codes], context).assessment).toBe('needs-review');
  });
});
