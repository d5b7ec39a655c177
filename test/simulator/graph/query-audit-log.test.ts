import { wireFaults } from '../../../simulator/behaviour/wire-faults.ts';
import type { Simulator } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/start-simulator.ts';
import type { SimulatedTenant } from '../../../simulator/tenant/tenant.ts';
import type { AuditRecord } from '../../../simulator/tenant/tenant-records.ts';
import { type Caller, createCaller, type Heard, TENANT } from '../call-simulator.ts';

let simulator: Simulator;
let caller: Caller;
let tenant: SimulatedTenant;
let now: Date;

beforeEach(async () => {
  now = new Date('2026-11-02T12:00:00Z');
  simulator = await startSimulator({ clock: () => now });
  caller = createCaller(simulator);
  tenant = simulator.tenant(TENANT);
});

afterEach(async () => {
  await caller.close();
  await simulator.stop();
});

const QUERIES = '/v1.0/security/auditLog/queries';
const FILTERS = {
  displayName: 'drift 1',
  filterStartDateTime: '2026-11-01T00:00:00Z',
  filterEndDateTime: '2026-11-02T00:00:00Z',
  recordTypeFilters: ['exchangeAdmin'],
  operationFilters: ['Set-OrganizationConfig'],
};

const submit = (filters: object = FILTERS) => caller.graph(TENANT, QUERIES, filters);
const idOf = (heard: Heard) => heard.json<{ id: string }>().id;
const poll = async (id: string) =>
  (await caller.graph(TENANT, `${QUERIES}/${id}`)).json<{ status: string; isRecordCountLimitExceeded?: boolean }>();

function record(id: string, changes: Partial<AuditRecord> = {}): AuditRecord {
  return {
    id,
    createdDateTime: '2026-11-01T22:14:05Z',
    operation: 'Set-OrganizationConfig',
    auditLogRecordType: 'exchangeAdmin',
    userPrincipalName: 'admin@contoso.example',
    clientIp: '203.0.113.9',
    auditData: { ResultStatus: 'True', Parameters: [{ Name: 'RejectDirectSend', Value: 'False' }] },
    ...changes,
  };
}

describe('an audit query', () => {
  it('is taken, runs, succeeds and gives the records that match, page by page', async () => {
    tenant.auditRecords = [
      ...Array.from({ length: 5 }, (_, index) => record(`match ${index}`)),
      record('too early', { createdDateTime: '2026-10-31T23:59:59Z' }),
      record('another operation', { operation: 'Set-Mailbox' }),
      record('another type', { auditLogRecordType: 'sharePoint' }),
    ];
    const submitted = await submit();
    expect([submitted.status, submitted.json()]).toEqual([
      201,
      expect.objectContaining({ ...FILTERS, status: 'notStarted' }),
    ]);
    const id = idOf(submitted);
    expect((await poll(id)).status).toBe('running');
    expect(await poll(id)).toMatchObject({ status: 'succeeded', isRecordCountLimitExceeded: false });
    const seen: string[] = [];
    let next: string | undefined = `${QUERIES}/${id}/records?$top=2`;
    while (next !== undefined) {
      const page: Heard = await caller.graph(TENANT, next);
      const { value, ...rest } = page.json<{ value: AuditRecord[]; '@odata.nextLink'?: string }>();
      seen.push(...value.map((found) => found.id));
      next = rest['@odata.nextLink'];
    }
    expect(seen).toEqual(['match 0', 'match 1', 'match 2', 'match 3', 'match 4']);
    expect([...tenant.auditQueries.values()]).toMatchObject([{ id, filters: FILTERS, polls: 2 }]);
  });

  it('waits for the clock, or stays running for ever', async () => {
    tenant.auditQuery = { polls: 0, minutes: 10, ends: 'succeeded', limitExceeded: true };
    const id = idOf(await submit());
    expect((await poll(id)).status).toBe('running');
    now = new Date('2026-11-02T12:10:00Z');
    expect(await poll(id)).toMatchObject({ status: 'succeeded', isRecordCountLimitExceeded: true });
    tenant.auditQuery = { polls: Number.POSITIVE_INFINITY, minutes: 0, ends: 'succeeded', limitExceeded: false };
    for (let call = 0; call < 5; call += 1) expect((await poll(id)).status).toBe('running');
  });

  it.each(['failed', 'cancelled'] as const)('may end as %s, without records', async (ends) => {
    tenant.auditQuery = { polls: 0, minutes: 0, ends, limitExceeded: false };
    const id = idOf(await submit());
    expect((await poll(id)).status).toBe(ends);
    expect((await caller.graph(TENANT, `${QUERIES}/${id}/records`)).status).toBe(400);
  });

  it('has no records before it has succeeded', async () => {
    const id = idOf(await submit());
    expect((await caller.graph(TENANT, `${QUERIES}/${id}/records`)).status).toBe(400);
  });

  it.each([
    ['off', { Status: 'AuditingDisabledTenant' }],
    ['off-nested', { error: expect.objectContaining({ message: '{"Status":"AuditingDisabledTenant"}' }) }],
  ] as const)('is refused while nothing is recorded: %s', async (auditing, body) => {
    tenant.auditing = auditing;
    const heard = await submit();
    expect([heard.status, heard.json()]).toEqual([400, body]);
  });

  it('may be lost in a gateway', async () => {
    tenant.behave('graph/auditQuery', wireFaults.htmlBadGateway, 'healthy');
    expect((await submit()).status).toBe(502);
    expect((await submit()).status).toBe(201);
  });

  it.each<[object, string]>([
    [{ ...FILTERS, serviceFilters: ['Exchange'] }, 'unknown property serviceFilters'],
    [
      { ...FILTERS, filterEndDateTime: '2026-10-31T00:00:00Z' },
      'filterStartDateTime and filterEndDateTime are no period',
    ],
    [{ displayName: 'x' }, 'filterStartDateTime and filterEndDateTime are no period'],
  ])('refuses %j', async (filters, why) => {
    expect((await submit(filters)).status).toBe(400);
    expect(tenant.requests.at(-1)!.wrong).toBe(why);
  });

  it('refuses pages that are too large, and ids that it does not know', async () => {
    const id = idOf(await submit());
    expect((await caller.graph(TENANT, `${QUERIES}/${id}/records?$top=1000`)).status).toBe(400);
    expect((await caller.graph(TENANT, `${QUERIES}/unknown`)).status).toBe(404);
    expect((await caller.graph(TENANT, `${QUERIES}/unknown/records`)).status).toBe(404);
  });

  it('takes either permission, and words the refusal in its own way', async () => {
    tenant.appRoles.delete('AuditLogsQuery-Exchange.Read.All');
    const refused = await submit();
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('dont have any permissions')]);
    tenant.appRoles.add('AuditLogsQuery.Read.All');
    expect((await submit()).status).toBe(201);
  });
});
