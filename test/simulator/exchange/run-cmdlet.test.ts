import type { Simulator } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/start-simulator.ts';
import { composeMail } from '../../../simulator/tenant/mail-row.ts';
import type { SimulatedTenant } from '../../../simulator/tenant/tenant.ts';
import type { SpoofInsightRow, SpoofReportRow } from '../../../simulator/tenant/tenant-records.ts';
import { anchorOf, type Caller, createCaller, type Heard, TENANT } from '../call-simulator.ts';

let simulator: Simulator;
let caller: Caller;
let tenant: SimulatedTenant;

beforeEach(async () => {
  simulator = await startSimulator({ clock: () => new Date('2026-11-20T12:00:00Z') });
  caller = createCaller(simulator);
  tenant = simulator.tenant(TENANT);
  tenant.acceptedDomains = [
    { DomainName: 'contoso.example', DomainType: 'Authoritative', Default: true, MatchSubDomains: true },
  ];
});

afterEach(async () => {
  await caller.close();
  await simulator.stop();
});

const rowsIn = <T>(heard: Heard) => heard.json<{ value: T[] }>().value;
const at = (text: string) => new Date(text);
const scan = { from: 'scan@contoso.example', to: 'amy@contoso.example', ip: '203.0.113.10' };

describe('lists of a tenant', () => {
  it('come in pages that are asked for again with the same body', async () => {
    tenant.acceptedDomains = Array.from({ length: 2500 }, (_, index) => ({
      DomainName: `d${index}.example`,
      DomainType: 'Authoritative' as const,
      Default: index === 0,
      MatchSubDomains: false,
    }));
    const headers = {
      authorization: `Bearer ${await caller.token(TENANT)}`,
      'content-type': 'application/json',
      'x-anchormailbox': anchorOf(TENANT),
    };
    const body = '{"CmdletInput":{"CmdletName":"Get-AcceptedDomain","Parameters":{"ResultSize":"Unlimited"}}}';
    let url: string | undefined = `${simulator.exchangeUrl}/adminapi/beta/${TENANT}/InvokeCommand`;
    const sizes: number[] = [];
    while (url !== undefined) {
      const heard: Heard = await caller.call(url, { method: 'POST', headers, body });
      sizes.push(rowsIn(heard).length);
      url = heard.json<{ '@odata.nextLink'?: string }>()['@odata.nextLink'];
    }
    expect(sizes).toEqual([1000, 1000, 500]);
    const small = { ...headers, prefer: 'odata.maxpagesize=10' };
    const first = await caller.call(`${simulator.exchangeUrl}/adminapi/beta/${TENANT}/InvokeCommand`, {
      method: 'POST',
      headers: small,
      body,
    });
    expect(rowsIn(first)).toHaveLength(10);
  });

  it('can be narrowed to one object or to a number', async () => {
    tenant.acceptedDomains.push({ ...tenant.acceptedDomains[0]!, DomainName: 'fabrikam.example' });
    const one = await caller.invoke(TENANT, 'Get-AcceptedDomain', { Identity: 'fabrikam.example' });
    expect(rowsIn(one)).toMatchObject([{ Identity: 'fabrikam.example', MatchSubDomains: true }]);
    expect(rowsIn(await caller.invoke(TENANT, 'Get-AcceptedDomain', { ResultSize: 1 }))).toHaveLength(1);
  });

  it('name inbound connectors', async () => {
    tenant.inboundConnectors = [
      {
        Name: 'Gateway',
        Enabled: true,
        ConnectorType: 'Partner',
        SenderDomains: ['smtp:*;1'],
        SenderIPAddresses: ['198.51.100.0/24'],
        TlsSenderCertificateName: null,
        RequireTls: true,
        RestrictDomainsToIPAddresses: true,
        RestrictDomainsToCertificate: false,
        CloudServicesMailEnabled: false,
        TreatMessagesAsInternal: false,
        EFSkipLastIP: false,
        EFSkipIPs: [],
        EFUsers: [],
      },
    ];
    expect(rowsIn(await caller.invoke(TENANT, 'Get-InboundConnector'))).toMatchObject([
      { Identity: 'Gateway', RestrictDomainsToIPAddresses: true, SenderIPAddresses: ['198.51.100.0/24'] },
    ]);
  });
});

describe('the spoof report', () => {
  beforeEach(() => {
    tenant.mail = [
      composeMail({ ...scan, at: at('2026-11-19T08:00:00Z') }),
      composeMail({ ...scan, at: at('2026-11-19T09:00:00Z') }, { Subject: 'Scan 2' }),
      composeMail({ ...scan, at: at('2026-11-18T09:00:00Z'), from: 'scan@sub.contoso.example', ip: '2001:db8::7' }),
      composeMail({ ...scan, at: at('2026-11-18T09:00:00Z') }, { DeliveryAction: 'Junked' }),
      composeMail({ ...scan, at: at('2026-11-18T10:00:00Z') }, { Connectors: 'Gateway' }),
      composeMail({ ...scan, at: at('2026-11-18T10:00:00Z'), from: 'news@elsewhere.example' }),
      composeMail({ ...scan, at: at('2026-11-18T10:00:00Z') }, { EmailDirection: 'Intra-org' }),
      composeMail({ ...scan, at: at('2026-11-18T10:00:00Z') }, { AuthenticationDetails: '{"CompAuth":"pass"}' }),
    ];
  });

  it('counts anonymous own-domain mail that did not pass, by day, sender and source', async () => {
    const rows = rowsIn<SpoofReportRow>(await caller.invoke(TENANT, 'Get-SpoofMailReport'));
    expect(rows.map((row) => [row.Date, row.SpoofedUser, row.SenderIP, row.Count, row.Action])).toEqual([
      ['2026-11-19T00:00:00', 'scan@contoso.example', '203.0.113.10', 2, 'GoodMail'],
      ['2026-11-18T00:00:00', 'scan@sub.contoso.example', '2001:db8::7', 1, 'GoodMail'],
      ['2026-11-18T00:00:00', 'scan@contoso.example', '203.0.113.10', 1, 'CaughtAsSpam'],
    ]);
    expect(rows[0]).toMatchObject({
      SpoofType: 'Internal',
      Result: 'fail',
      ResultCode: '601',
      SPF: 'fail',
      DKIM: 'none',
    });
  });

  it('hides the address behind the domain of its PTR record', async () => {
    tenant.pointers.set('203.0.113.10', 'isp.example');
    const rows = rowsIn<SpoofReportRow>(await caller.invoke(TENANT, 'Get-SpoofMailReport', { Action: 'CaughtAsSpam' }));
    expect(rows).toMatchObject([{ TrueSender: 'isp.example', SendingInfrastructure: 'isp.example', SenderIP: '' }]);
  });

  it('comes by page and period', async () => {
    const page = (parameters: object) => caller.invoke(TENANT, 'Get-SpoofMailReport', parameters);
    expect(rowsIn(await page({ Page: 1, PageSize: 2 }))).toHaveLength(2);
    expect(rowsIn(await page({ Page: 2, PageSize: 2 }))).toHaveLength(1);
    expect(rowsIn(await page({ Page: 3, PageSize: 2 }))).toHaveLength(0);
    const day = { StartDate: '2026-11-19T00:00:00Z', EndDate: '2026-11-20T00:00:00Z' };
    expect(rowsIn<SpoofReportRow>(await page(day)).map((row) => row.Date)).toEqual(['2026-11-19T00:00:00']);
  });

  it.each([
    [{ Page: 0 }],
    [{ Page: 1001 }],
    [{ PageSize: 5001 }],
    [{ StartDate: 'yesterday' }],
    [{ StartDate: '2026-11-19', EndDate: '2026-11-18' }],
    [{ StartDate: '2026-07-01T00:00:00Z' }],
    [{ Sender: 'x' }],
  ])('refuses %j', async (parameters) => {
    expect((await caller.invoke(TENANT, 'Get-SpoofMailReport', parameters)).status).toBe(400);
  });

  it('sums up in the insight of the last 30 days', async () => {
    tenant.mail.push(composeMail({ ...scan, at: at('2026-10-01T08:00:00Z') }));
    const rows = rowsIn<SpoofInsightRow>(await caller.invoke(TENANT, 'Get-SpoofIntelligenceInsight'));
    expect(rows).toEqual([
      expect.objectContaining({ SpoofedUser: 'scan@contoso.example', MessageCount: 3, Action: 'Allow' }),
      expect.objectContaining({ SpoofedUser: 'scan@sub.contoso.example', SendingInfrastructure: '2001:db8::7' }),
    ]);
    expect(rows[0]!.LastSeen).toBe('2026-11-19T00:00:00');
  });

  it('can be set apart from the mail', async () => {
    const [row] = rowsIn<SpoofReportRow>(await caller.invoke(TENANT, 'Get-SpoofMailReport'));
    tenant.spoofReport = [{ ...row!, Count: 99 }];
    expect(rowsIn<SpoofReportRow>(await caller.invoke(TENANT, 'Get-SpoofMailReport'))).toMatchObject([{ Count: 99 }]);
    tenant.spoofInsight = [];
    expect(rowsIn(await caller.invoke(TENANT, 'Get-SpoofIntelligenceInsight'))).toEqual([]);
  });
});
