import { suggestRemedy } from '../../../shared/core/posture/suggest-remedy.ts';
import type { ReasonCode } from '../../../shared/core/traffic/reason-words.ts';

type Asked = Parameters<typeof suggestRemedy>[0];
const PRINTER: Asked = { source: '203.0.113.9', assessment: 'needs-review', anchors: [], reasons: [] };

const SHARED =
  'The address may be shared with other customers of the same service: do not allow it by address. Use the certificate that the service sends with, or let it use an envelope sender of its own.';
const byAddress = (source: string) =>
  `New-InboundConnector -Name 'Direct Send ${source}' -ConnectorType Partner -SenderDomains '*' -SenderIPAddresses ${source}`;
const byCertificate = (source: string) =>
  `New-InboundConnector -Name 'Direct Send Certificate ${source}' -ConnectorType Partner -SenderDomains '*' -TlsSenderCertificateName '<name in the certificate>' -RequireTls $true`;

test.each(['203.0.113.9', '203.0.113.0/24', '203.0.113.128/25'])('an address that may be the own one: %s', (source) => {
  expect(suggestRemedy({ ...PRINTER, source })).toEqual({
    command: byAddress(source),
    advice:
      'Whoever can send from this address can then send in your name: allow it only if the address is yours and nobody else uses it.',
  });
});

const SHARING: readonly ReasonCode[] = ['spf-shared-entry', 'relays-for-others', 'signed-by-own-domain'];

test.each(SHARING)('a service that others use too (%s) is not allowed by address', (code) => {
  for (const reasons of [[code], ['self-to-self', code, 'short-lived'] as ReasonCode[]]) {
    expect(suggestRemedy({ ...PRINTER, reasons })).toEqual({ command: byCertificate('203.0.113.9'), advice: SHARED });
  }
});

test('what the mail looks like does not make an address a shared one', () => {
  const reasons: ReasonCode[] = ['self-to-self', 'short-lived'];
  expect(suggestRemedy({ ...PRINTER, reasons }).command).toBe(byAddress('203.0.113.9'));
});

test.each(SHARING)('an address of the own network is the own one, even with %s', (code) => {
  const own: Asked = { ...PRINTER, anchors: ['spf-own-entry'], reasons: [code] };
  expect(suggestRemedy(own).command).toBe(byAddress('203.0.113.9'));
});

test.each([
  ['a block that is wider than a connector takes', '203.0.112.0/23', '203.0.112.0/23'],
  ['a source without an address', 'no-address', 'no-address'],
])('%s is matched by certificate', (_, source, shown) => {
  expect(suggestRemedy({ ...PRINTER, source })).toEqual({ command: byCertificate(shown), advice: SHARED });
});

test('an IPv6 address is matched by certificate, and it is said why', () => {
  expect(suggestRemedy({ ...PRINTER, source: '2001:db8:1:2::/64' })).toEqual({
    command: byCertificate('2001:db8:1:2::/64'),
    advice: `Connectors do not match IPv6 addresses. ${SHARED}`,
  });
});

test('a forwarder has to change something itself', () => {
  expect(suggestRemedy({ ...PRINTER, assessment: 'forwarder-or-list', reasons: ['relays-for-others'] })).toEqual({
    command: null,
    advice:
      'Forwarded mail of your own users comes back with your own envelope sender. Ask the forwarding service to rewrite it (SRS).',
  });
});

test('what could end the quotation is left out of the command', () => {
  const { command } = suggestRemedy({ ...PRINTER, source: `x'; Remove-Mailbox "amy"; $(evil)` });
  expect(command).toBe(byCertificate('x Remove-Mailbox amy evil'));
});
