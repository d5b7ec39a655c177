import {
  findTracedConnector,
  foldMessageTrace,
  type TraceFilter,
} from '../../../shared/core/traffic/fold-message-trace.ts';
import { checkDomains } from '../../../shared/core/traffic/own-domains.ts';
import { assessOne, buildContext } from './build-source.ts';

const FILTER: TraceFilter = {
  own: checkDomains([{ name: 'contoso.example', matchSubdomains: false }]),
  connectors: [],
  keepSamples: true,
};
const ROW = {
  id: 't1',
  senderAddress: 'scan@contoso.example',
  recipientAddress: 'amy@contoso.example',
  messageId: '<1@contoso.example>',
  receivedDateTime: '2026-10-12T10:30:00Z',
  subject: 'Scan',
  fromIP: '203.0.113.10',
  toIP: '',
  status: 'delivered',
};

describe('message trace as traffic', () => {
  test('rows of one message are one message; its best fate counts', () => {
    const [day, ...others] = foldMessageTrace(
      [
        { ...ROW, status: 'filteredAsSpam' },
        { ...ROW, recipientAddress: 'ben@contoso.example' },
      ],
      FILTER,
    );
    expect(others).toEqual([]);
    expect(day).toMatchObject({
      messages: 1,
      delivery: { delivered: 1, junked: 0 },
      source: '203.0.113.10',
      authentication: null,
    });
    expect(day?.recipientPrints).toHaveLength(2);
  });

  test.each([
    ['mail sent from inside Exchange', { fromIP: '' }],
    ['mail from a private address', { fromIP: '10.0.0.4' }],
    ['mail of another sender', { senderAddress: 'news@customer.example' }],
    ['mail of a look-alike', { senderAddress: 'amy@notcontoso.example' }],
    ['mail to somebody else', { recipientAddress: 'x@customer.example' }],
    ['a row without a time', { receivedDateTime: 'soon' }],
  ])('%s is not listed', (_, change) => {
    expect(foldMessageTrace([{ ...ROW, ...change }], FILTER)).toEqual([]);
  });

  test('sources of a connector are not listed', () => {
    const connector = {
      name: 'A',
      enabled: true,
      type: 'Partner',
      senderDomains: ['*'],
      senderAddresses: ['203.0.113.0/24'],
      certificateName: null,
      restrictToAddresses: false,
      restrictToCertificate: false,
      treatMessagesAsInternal: false,
      cloudServicesMail: false,
    } as const;
    expect(foldMessageTrace([ROW], { ...FILTER, connectors: [connector] })).toEqual([]);
    expect(foldMessageTrace([ROW], { ...FILTER, connectors: [{ ...connector, enabled: false }] })).toHaveLength(1);
  });

  test('a trace accuses nobody and says how little it shows', () => {
    const people = Array.from({ length: 20 }, (_, at) => `p${at}@contoso.example`);
    const rows = people.map((person, at) => ({
      ...ROW,
      id: `t${at}`,
      senderAddress: person,
      recipientAddress: person,
    }));
    expect(assessOne(foldMessageTrace(rows, FILTER), buildContext())).toMatchObject({
      assessment: 'needs-review',
      confidence: 'low',
    });
    expect(assessOne(foldMessageTrace(rows, FILTER), buildContext()).reasons).toContain('trace-only');
  });

  test('the details of a message name its connector', () => {
    const data =
      '<root><MEP Name="CustomData" Blob="S:InboundConnectorData=Name=From office;ConnectorType=OnPremises"/></root>';
    expect(
      findTracedConnector([
        { event: 'Deliver', data: '' },
        { event: 'Receive', data },
      ]),
    ).toBe('From office');
    expect(findTracedConnector([{ event: 'Receive', data: '' }])).toBeNull();
  });
});
