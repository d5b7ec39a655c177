import { type InboundConnector, parseInboundConnector } from '../../../shared/core/posture/inbound-connector.ts';
import { isClosed, isRestrictive, judgeExposures } from '../../../shared/core/posture/judge-exposures.ts';

const GATEWAY = [{ domain: 'contoso.example', hosts: ['mx1.gateway.example'], addresses: ['198.51.100.1'] }];
const DIRECT = [{ domain: 'contoso.example', hosts: ['contoso-example.mail.protection.outlook.com'], addresses: [] }];
const RESTRICTIVE: InboundConnector = {
  name: 'Gateway',
  enabled: true,
  type: 'Partner',
  senderDomains: ['smtp:*;1'],
  senderAddresses: ['198.51.100.0/24'],
  certificateName: null,
  restrictToAddresses: true,
  restrictToCertificate: false,
  treatMessagesAsInternal: false,
  cloudServicesMail: false,
};

describe('restrictive connectors', () => {
  test.each([
    ['a Partner connector for all senders by address', {}, true],
    [
      'one by certificate',
      {
        restrictToAddresses: false,
        restrictToCertificate: true,
        certificateName: 'gateway.example',
        senderAddresses: [],
      },
      true,
    ],
    ['one for "*"', { senderDomains: ['*'] }, true],
    ['one of type OnPremises', { type: 'OnPremises' as const }, false],
    ['a disabled one', { enabled: false }, false],
    ['one for a single domain', { senderDomains: ['smtp:partner.example;1'] }, false],
    ['one for a domain that contains a star', { senderDomains: ['smtp:*.partner.example;1'] }, false],
    ['one that names addresses but does not restrict', { restrictToAddresses: false }, false],
    ['one that restricts to no address', { senderAddresses: [] }, false],
    [
      'one that restricts to a certificate without a name',
      { restrictToAddresses: false, restrictToCertificate: true },
      false,
    ],
  ])('%s: %s', (_, change, expected) => {
    expect(isRestrictive({ ...RESTRICTIVE, ...change })).toBe(expected);
  });

  test('rows of Get-InboundConnector are read strictly', () => {
    const row = {
      Name: 'A',
      Enabled: true,
      ConnectorType: 'Partner',
      SenderDomains: ['smtp:*;1'],
      SenderIPAddresses: '198.51.100.1',
      RestrictDomainsToIPAddresses: true,
    };
    expect(isRestrictive(parseInboundConnector(row)!)).toBe(true);
    expect(isRestrictive(parseInboundConnector({ ...row, Enabled: 'True' })!)).toBe(false);
    expect(parseInboundConnector({ ...row, ConnectorType: 'Other' })).toBeNull();
  });
});

describe('exposures', () => {
  test.each([
    ['enforced', DIRECT, [], 'closed', 'closed'],
    ['permissive', DIRECT, [], 'open', 'closed'],
    ['unknown', DIRECT, [], 'unknown', 'closed'],
    ['enforced', GATEWAY, [], 'closed', 'open'],
    ['enforced', GATEWAY, [RESTRICTIVE], 'closed', 'closed'],
    ['enforced', GATEWAY, null, 'closed', 'unknown'],
    ['enforced', null, [RESTRICTIVE], 'closed', 'unknown'],
    ['permissive', [...DIRECT, ...GATEWAY], [], 'open', 'open'],
  ] as const)('%s, MX %j: %#', (verdict, mailExchangers, connectors, directSend, gatewayBypass) => {
    const exposures = judgeExposures(verdict, { mailExchangers, connectors });
    expect(exposures).toMatchObject({ directSend, gatewayBypass });
    expect(isClosed(exposures)).toBe(directSend === 'closed' && gatewayBypass === 'closed');
  });

  test('enforced is not called closed while the gateway can be bypassed', () => {
    const exposures = judgeExposures('enforced', { mailExchangers: GATEWAY, connectors: [] });
    expect(exposures.bypassedDomains).toEqual(['contoso.example']);
    expect(exposures.notes.join(' ')).toContain('still exposed');
    expect(exposures.notes.join(' ')).not.toMatch(/\bsafe\b/);
  });

  test('a domain without any MX bypasses nothing, and an OnPremises restriction is explained', () => {
    const none = [{ domain: 'contoso.example', hosts: [], addresses: [] }];
    expect(judgeExposures('enforced', { mailExchangers: none, connectors: [] }).gatewayBypass).toBe('closed');
    const wrong = { ...RESTRICTIVE, type: 'OnPremises' as const };
    expect(judgeExposures('enforced', { mailExchangers: GATEWAY, connectors: [wrong] }).notes.join(' ')).toContain(
      'OnPremises',
    );
  });
});
