import { type InboundConnector, parseInboundConnector } from '../../../shared/core/posture/inbound-connector.ts';

/** The least that a row of Get-InboundConnector says. */
const BARE = { Name: 'Gateway', ConnectorType: 'Partner' };
const NOTHING: InboundConnector = {
  name: 'Gateway',
  enabled: false,
  type: 'Partner',
  senderDomains: [],
  senderAddresses: [],
  certificateName: null,
  restrictToAddresses: false,
  restrictToCertificate: false,
  treatMessagesAsInternal: false,
  cloudServicesMail: false,
};

test('a row that says nothing more protects from nothing', () => {
  expect(parseInboundConnector(BARE)).toEqual(NOTHING);
});

test.each<[string, object, Partial<InboundConnector>]>([
  ['that it is on', { Enabled: true }, { enabled: true }],
  ['the other type', { ConnectorType: 'OnPremises' }, { type: 'OnPremises' }],
  ['its senders', { SenderDomains: ['smtp:*;1', '*'] }, { senderDomains: ['smtp:*;1', '*'] }],
  ['one sender, not as a list', { SenderDomains: 'smtp:*;1' }, { senderDomains: ['smtp:*;1'] }],
  ['its addresses', { SenderIPAddresses: ['198.51.100.0/24'] }, { senderAddresses: ['198.51.100.0/24'] }],
  ['one address, not as a list', { SenderIPAddresses: '198.51.100.1' }, { senderAddresses: ['198.51.100.1'] }],
  ['addresses among things that are none', { SenderIPAddresses: ['', null, 7, 'a'] }, { senderAddresses: ['a'] }],
  ['its certificate', { TlsSenderCertificateName: 'gateway.example' }, { certificateName: 'gateway.example' }],
  ['that it restricts to addresses', { RestrictDomainsToIPAddresses: true }, { restrictToAddresses: true }],
  ['that it restricts to the certificate', { RestrictDomainsToCertificate: true }, { restrictToCertificate: true }],
  ['that its mail is internal', { TreatMessagesAsInternal: true }, { treatMessagesAsInternal: true }],
  ['that it is for cloud services', { CloudServicesMailEnabled: true }, { cloudServicesMail: true }],
])('a row tells %s, and that changes nothing else', (_, said, read) => {
  expect(parseInboundConnector({ ...BARE, ...said })).toEqual({ ...NOTHING, ...read });
});

test.each([
  'Enabled',
  'RestrictDomainsToIPAddresses',
  'RestrictDomainsToCertificate',
  'TreatMessagesAsInternal',
  'CloudServicesMailEnabled',
])('%s that is not exactly true does not protect', (flag) => {
  for (const value of ['True', 'true', 1, [true], {}, null, false]) {
    expect(parseInboundConnector({ ...BARE, [flag]: value })).toEqual(NOTHING);
  }
});

test.each(['', null, 7, ['gateway.example'], {}])('a certificate name that is none: %j', (name) => {
  expect(parseInboundConnector({ ...BARE, TlsSenderCertificateName: name })?.certificateName).toBeNull();
});

test.each([
  ['without a name', { Name: undefined }],
  ['with a name that is no text', { Name: 7 }],
  ['of another type', { ConnectorType: 'Other' }],
  ['without a type', { ConnectorType: undefined }],
])('a row %s is no connector', (_, change) => expect(parseInboundConnector({ ...BARE, ...change })).toBeNull());
