import { type InboundConnector, parseInboundConnector } from '../../../shared/core/posture/inbound-connector.ts';
import {
  type Exposures,
  isClosed,
  isRestrictive,
  judgeExposures,
} from '../../../shared/core/posture/judge-exposures.ts';
import type { Verdict } from '../../../shared/core/setting/reading.ts';
import type { NetworkContext } from '../../../shared/core/traffic/network-context.ts';

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
    ['one for "smtp:*" without a cost', { senderDomains: ['smtp:*'] }, true],
    ['one for "SMTP:*" with a cost of two digits', { senderDomains: ['SMTP:*;10'] }, true],
    ['one with a space around its senders', { senderDomains: [' smtp:*;1 '] }, true],
    ['one for all senders among others', { senderDomains: ['smtp:partner.example;1', 'smtp:*;1'] }, true],
    ['one for domains that end in a star', { senderDomains: ['smtp:partner.*;1'] }, false],
    ['one for no senders', { senderDomains: [] }, false],
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

  const STILL_OPEN =
    'MX points elsewhere and no Partner connector restricts all senders: any sender can deliver past the gateway.';
  const NO_HELP = 'A connector of type OnPremises does not reject anything, whatever it restricts.';
  const EXPOSED =
    'RejectDirectSend is on, but it does not stop mail that is delivered past the gateway: this tenant is still exposed.';
  const NOT_FOUND_OUT = 'RejectDirectSend is on; whether mail can be delivered past a gateway could not be found out.';
  const UNREAD = 'MX points elsewhere, and the inbound connectors could not be read.';
  const onPremises: InboundConnector = { ...RESTRICTIVE, type: 'OnPremises' };
  const byCertificate = { restrictToAddresses: false, restrictToCertificate: true };
  const withoutAny = [{ domain: 'contoso.example', hosts: [], addresses: [] }];

  test.each<[string, Exposures, string[]]>([
    ['everything is closed', exposures('enforced', DIRECT, []), []],
    ['only Direct Send is open', exposures('permissive', DIRECT, []), []],
    ['a domain has no MX, so that there is nothing to bypass', exposures('enforced', withoutAny, []), []],
    ['a connector closes the way past the gateway', exposures('enforced', GATEWAY, [onPremises, RESTRICTIVE]), []],
    ['the gateway can be bypassed', exposures('enforced', GATEWAY, []), [STILL_OPEN, EXPOSED]],
    ['both are open', exposures('permissive', GATEWAY, []), [STILL_OPEN]],
    ['one is open and the setting unknown', exposures('unknown', GATEWAY, []), [STILL_OPEN]],
    ['the wrong type restricts', exposures('permissive', GATEWAY, [onPremises]), [STILL_OPEN, NO_HELP]],
    [
      'the wrong type restricts to a certificate',
      exposures('permissive', GATEWAY, [{ ...onPremises, ...byCertificate }]),
      [STILL_OPEN, NO_HELP],
    ],
    [
      'the wrong type restricts nothing',
      exposures('permissive', GATEWAY, [{ ...onPremises, restrictToAddresses: false }]),
      [STILL_OPEN],
    ],
    [
      'a Partner connector restricts a single domain',
      exposures('permissive', GATEWAY, [{ ...RESTRICTIVE, senderDomains: ['smtp:partner.example;1'] }]),
      [STILL_OPEN],
    ],
    ['the connectors are unknown', exposures('enforced', GATEWAY, null), [UNREAD, NOT_FOUND_OUT]],
    ['both are unknown', exposures('unknown', GATEWAY, null), [UNREAD]],
    ['MX is unknown', exposures('permissive', null, []), ['The MX records could not be read.']],
  ])('what a person should know when %s', (_, { notes, gatewayBypass, bypassedDomains }, told) => {
    expect(notes).toEqual(told);
    expect(bypassedDomains).toEqual(gatewayBypass === 'open' ? ['contoso.example'] : []);
    expect(notes.join(' ')).not.toMatch(/\bsafe\b/);
  });
});

function exposures(
  verdict: Verdict,
  mailExchangers: NetworkContext['mailExchangers'],
  connectors: NetworkContext['connectors'],
): Exposures {
  return judgeExposures(verdict, { mailExchangers, connectors });
}
