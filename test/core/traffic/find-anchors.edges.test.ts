import type { InboundConnector } from '../../../shared/core/posture/inbound-connector.ts';
import { findAnchors, isGateway, isSharedSpfEntry } from '../../../shared/core/traffic/find-anchors.ts';
import {
  type NetworkContext,
  type SourceNetwork,
  type SpfMatch,
  UNKNOWN_NETWORK,
} from '../../../shared/core/traffic/network-context.ts';
import { buildContext } from './build-source.ts';

const SOURCE = '203.0.113.9';
const MX = { domain: 'contoso.example', hosts: ['mx1.gateway.example', 'mx.backup.example'], addresses: [SOURCE] };
const GATEWAY = buildContext({}, { mailExchangers: [MX] });
const anchorsOf = (known: Partial<SourceNetwork>, context: Partial<NetworkContext> = {}, blocks = [SOURCE]) =>
  findAnchors(blocks, { ...UNKNOWN_NETWORK, ...known }, buildContext({}, context));
const match = (change: Partial<SpfMatch>): SpfMatch => ({
  ...{ result: 'pass', domain: 'contoso.example', mechanism: 'ip4:203.0.113.9', includes: [], prefix: 32 },
  ...change,
});

test.each<[string, Partial<SpfMatch>, boolean]>([
  ['a block of 32 addresses', { mechanism: 'ip4:203.0.113.0/27', prefix: 27 }, true],
  ['a block of 64 addresses', { mechanism: 'ip4:203.0.113.0/26', prefix: 26 }, false],
  ['one site of IPv6', { mechanism: 'ip6:2001:db8:1:200::/56', prefix: 56 }, true],
  ['two sites of IPv6', { mechanism: 'ip6:2001:db8:1:200::/55', prefix: 55 }, false],
  ['a whole provider of IPv6', { mechanism: 'IP6:2001:db8::/32', prefix: 32 }, false],
  ['a host name of IPv6', { mechanism: 'a', prefix: 64 }, true],
  ['host names of half a site', { mechanism: 'a:mail.contoso.example/40', prefix: 40 }, false],
  ['the own mail exchanger', { mechanism: 'mx' }, true],
  ['a host whose name contains mx', { mechanism: 'a:+mx.contoso.example' }, true],
  ['everybody', { mechanism: 'all' }, false],
  ['everybody, with a sign', { mechanism: '+all' }, false],
  ['whoever has a name', { mechanism: 'ptr' }, false],
  ['whatever a macro says', { mechanism: 'exists:%{i}.contoso.example' }, false],
  ['a host whose name begins like a mechanism', { mechanism: 'a:all.contoso.example' }, true],
  ['nothing that matched', { mechanism: null }, false],
  ['an entry of unknown width', { prefix: null }, false],
  ['an own include', { includes: ['spf.contoso.example'] }, true],
  ["an own include of a service's", { includes: ['spf.contoso.example', 'spf.service.example'] }, false],
])('SPF names %s: %#', (_, change, isOwn) => {
  const spf = match(change);
  expect(anchorsOf({ spf })).toEqual(isOwn ? ['spf-own-entry'] : []);
  // What passes without naming somebody in particular is shared.
  expect(isSharedSpfEntry(spf, buildContext())).toBe(!isOwn);
});

test.each(['fail', 'softfail', 'neutral', 'none', 'permerror'] as const)(
  'SPF that gives %s is no entry at all',
  (result) => {
    expect(isSharedSpfEntry(match({ result }), buildContext())).toBe(false);
    expect(isSharedSpfEntry(null, buildContext())).toBe(false);
  },
);

test('the mail exchanger by SPF is shared where it is a gateway, other entries are not', () => {
  for (const mechanism of ['mx', '+MX', 'mx:contoso.example']) {
    expect(isSharedSpfEntry(match({ mechanism }), GATEWAY)).toBe(true);
  }
  expect(isSharedSpfEntry(match({ mechanism: 'a:mx.contoso.example' }), GATEWAY)).toBe(false);
  expect(isSharedSpfEntry(match({ mechanism: 'mx' }), buildContext({}, { mailExchangers: null }))).toBe(false);
});

test.each([
  [3, 3, true],
  [3, 2, false],
  [2, 5, true],
  [2, 4, false],
  [1, 30, false],
  [9, 1, false],
])('sign-ins of %d users on %d days are an office: %s', (users, days, expected) => {
  expect(anchorsOf({ signIns: { users, days } })).toEqual(expected ? ['users-sign-in-here'] : []);
});

const connector = (...senderAddresses: string[]) => ({ enabled: true, senderAddresses }) as unknown as InboundConnector;

test.each<[string, Partial<NetworkContext>, string[], string[]]>([
  ['one location of several', { namedLocations: ['198.51.100.0/24', '203.0.113.0/24'] }, [SOURCE], ['named-location']],
  ['a location that is too wide', { namedLocations: ['203.0.112.0/23'] }, [SOURCE], []],
  ['a location that is none', { namedLocations: ['head office'] }, [SOURCE], []],
  ['one entry of a connector', { connectors: [connector('198.51.100.1', SOURCE)] }, [SOURCE], ['connector-address']],
  ['an entry that is too wide', { connectors: [connector('203.0.113.0/26')] }, [SOURCE], []],
  ['a location of one of its addresses only', { namedLocations: [SOURCE] }, [SOURCE, '203.0.113.200'], []],
])('%s', (_, context, blocks, anchors) => expect(anchorsOf({}, context, blocks)).toEqual(anchors));

test.each<[string, readonly string[], string[], boolean]>([
  ['the address itself', [SOURCE], [SOURCE], true],
  ['one of the 16 around it', [SOURCE], ['203.0.113.15'], true],
  ['a 17th', [SOURCE], ['203.0.113.16'], false],
  ['next to one of several', ['198.51.100.1', SOURCE], ['203.0.113.1'], true],
  ['partly next to it', [SOURCE], ['203.0.113.1', '198.51.100.1'], false],
  ['the /64 of an IPv6 address', ['2001:db8:1:2::9'], ['2001:db8:1:2::/64'], true],
  ['another /64', ['2001:db8:1:2::9'], ['2001:db8:1:3::/64'], false],
  ['nowhere', [SOURCE], [], false],
])('the gateway by address: %s', (_, addresses, blocks, expected) => {
  const context = buildContext({}, { mailExchangers: [{ ...MX, addresses }] });
  expect(isGateway(blocks, UNKNOWN_NETWORK, context)).toBe(expected);
});

test.each<[string, SourceNetwork['pointer'], boolean]>([
  ['of its organisation', { kind: 'confirmed', name: 'out7.gateway.example' }, true],
  ['of the organisation of its second host', { kind: 'confirmed', name: 'out.backup.example' }, true],
  ['of another organisation', { kind: 'confirmed', name: 'out7.other.example' }, false],
  ['that is made from the address', { kind: 'confirmed', name: 'host-113-77.gateway.example' }, false],
  ['that is not confirmed', { kind: 'unconfirmed' }, false],
  ['that is missing', { kind: 'none' }, false],
])('the gateway by a name %s', (_, pointer, expected) => {
  const blocks = ['203.0.113.77', '198.51.100.1'];
  expect(isGateway(blocks, { ...UNKNOWN_NETWORK, pointer }, GATEWAY)).toBe(expected);
  const unread = buildContext({}, { mailExchangers: null });
  expect(isGateway(blocks, { ...UNKNOWN_NETWORK, pointer }, unread)).toBe(false);
});
