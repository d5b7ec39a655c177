import { DAY, HOUR, MINUTE } from '../../shared/core/time.ts';
import { graphFaults } from '../../simulator/graph/graph-behaviours.ts';
import type { SimulatedTenant } from '../../simulator/tenant/tenant.ts';
import { type Desk, fleetFile, openDesk } from '../cli/open-desk.ts';
import { tenantId } from '../support/open-world.ts';
import { sampleAudit } from '../support/sample-audit.ts';
import { hear, historyOf, newestCard } from './hear.ts';

const ID = tenantId(1);
const TOLD = ['attributed → ops'];

let desk: Desk;
let tenant: SimulatedTenant;

/** A tenant that drifted between 08:00 and 08:15. */
beforeEach(async () => {
  desk = await openDesk();
  await desk.world.register(fleetFile(desk.world, 1));
  tenant = desk.world.simulator.tenant(ID);
  await desk.check();
  tenant.setting = false;
  await desk.check(15 * MINUTE);
});

afterEach(() => desk.close());

/** The figures of the attribution as the ledger keeps it. */
async function outcome() {
  const { entries } = await desk.read<{
    entries: { kind: string; actors?: { account: string }[]; noRecord?: string }[];
  }>('history', ID);
  const entry = entries.find(({ kind }) => kind === 'attributed');
  return { accounts: entry?.actors?.map(({ account }) => account), noRecord: entry?.noRecord };
}

test('found at +90 minutes: account and address on a card of its own', async () => {
  tenant.auditRecords.push(sampleAudit('2026-11-20T08:11:00Z', 'admin@fabrikam.example'));
  expect(await hear(desk, 89 * MINUTE)).toEqual([]);
  expect(tenant.auditQueries.size).toBe(0);
  expect(await hear(desk, MINUTE)).toEqual(TOLD);
  expect(newestCard(desk)).toMatch(/admin@fabrikam\.example.*203\.0\.113\.9/);
  expect(await outcome()).toEqual({ accounts: ['admin@fabrikam.example'], noRecord: null });
  expect(await hear(desk, HOUR)).toEqual([]);
});

test('the query asks for the window of the drift and nothing else', async () => {
  await desk.check(90 * MINUTE);
  const [query] = tenant.auditQueries.values();
  expect(query?.filters).toMatchObject({
    filterStartDateTime: '2026-11-20T07:45:00Z',
    filterEndDateTime: '2026-11-20T08:15:01Z',
    recordTypeFilters: ['exchangeAdmin'],
    operationFilters: ['Set-OrganizationConfig'],
  });
});

test('several changes in the window are all named, newest first; what does not match is not', async () => {
  tenant.auditRecords.push(
    sampleAudit('2026-11-20T08:02:00Z', 'first@fabrikam.example'),
    sampleAudit('2026-11-20T08:11:00Z', 'second@fabrikam.example'),
    sampleAudit('2026-11-20T07:44:00Z', 'too-early@fabrikam.example'),
    sampleAudit('2026-11-20T08:05:00Z', 'failed@fabrikam.example', { ResultStatus: 'False' }),
    sampleAudit('2026-11-20T08:06:00Z', 'closed@fabrikam.example', {
      Parameters: [{ Name: 'RejectDirectSend', Value: 'True' }],
    }),
  );
  expect(await hear(desk, 90 * MINUTE)).toEqual(TOLD);
  expect((await outcome()).accounts).toEqual(['second@fabrikam.example', 'first@fabrikam.example']);
});

test('a delegated partner or Microsoft is not accused', async () => {
  tenant.auditRecords.push(sampleAudit('2026-11-20T08:11:00Z', 'NT AUTHORITY\\SYSTEM', { ExternalAccess: true }));
  await desk.check(90 * MINUTE);
  expect(newestCard(desk)).toMatch(/Microsoft or a delegated partner/i);
});

test('a record that comes late is found at the next stage, six hours after', async () => {
  expect(await hear(desk, 90 * MINUTE)).toEqual([]);
  tenant.auditRecords.push(sampleAudit('2026-11-20T08:11:00Z', 'late@fabrikam.example'));
  expect(await hear(desk, HOUR)).toEqual([]);
  expect(await hear(desk, 3.5 * HOUR)).toEqual(TOLD);
  expect((await outcome()).accounts).toEqual(['late@fabrikam.example']);
});

test('none by +24 hours: said once, with the likely why', async () => {
  expect(await hear(desk, 90 * MINUTE)).toEqual([]);
  expect(await hear(desk, 4.5 * HOUR)).toEqual([]);
  expect(await hear(desk, 17 * HOUR)).toEqual([]);
  expect(await hear(desk, HOUR)).toEqual(expect.arrayContaining(TOLD));
  expect(await outcome()).toEqual({ accounts: [], noRecord: 'not-found' });
  expect((await hear(desk, DAY)).filter((line) => TOLD.includes(line))).toEqual([]);
});

test.each([
  ['permission-missing', () => tenant.appRoles.delete('AuditLogsQuery-Exchange.Read.All')],
  ['audit-disabled', () => Object.assign(tenant, { auditing: 'off' })],
  ['audit-disabled', () => Object.assign(tenant, { auditing: 'off-nested' })],
  ['licence-missing', () => tenant.behave('graph/auditQuery', graphFaults.notLicensed)],
])('%s is a finding of its own, told at once', async (noRecord, arrange) => {
  arrange();
  expect(await hear(desk, 90 * MINUTE)).toEqual(TOLD);
  expect(await outcome()).toEqual({ accounts: [], noRecord });
});

test('a query that never ends is given up, asked anew at the next stage, and said in the end', async () => {
  tenant.auditQuery = { ...tenant.auditQuery, polls: Number.POSITIVE_INFINITY };
  for (const later of [90 * MINUTE, 3 * HOUR, 2 * HOUR, 3 * HOUR, 16 * HOUR]) {
    expect((await hear(desk, later)).filter((line) => TOLD.includes(line))).toEqual([]);
  }
  await desk.check(3 * HOUR);
  await desk.check(3 * HOUR);
  expect(tenant.auditQueries.size).toBe(3);
  expect(await outcome()).toEqual({ accounts: [], noRecord: 'query-stuck' });
});

test('a limit on the records is said, because then "none" proves nothing', async () => {
  tenant.auditQuery = { ...tenant.auditQuery, limitExceeded: true };
  for (const later of [90 * MINUTE, 5 * HOUR, 18 * HOUR]) await desk.check(later);
  expect(await outcome()).toEqual({ accounts: [], noRecord: 'record-limit' });
});

test('a failing service delays the search, and nothing else', async () => {
  tenant.behave('graph/auditQuery', graphFaults.unavailable);
  expect(await hear(desk, 90 * MINUTE)).toEqual([]);
  tenant.behave('graph/auditQuery');
  tenant.auditRecords.push(sampleAudit('2026-11-20T08:11:00Z', 'admin@fabrikam.example'));
  expect(await hear(desk, 4.5 * HOUR)).toEqual(TOLD);
  expect(await historyOf(desk, ID)).toContain('attributed');
});

test('a tenant that was found permissive has no window to search', async () => {
  await desk.world.register(fleetFile(desk.world, 2));
  const other = desk.world.simulator.tenant(tenantId(2));
  other.setting = false;
  await desk.check(MINUTE);
  await desk.check(DAY);
  expect(other.auditQueries.size).toBe(0);
});
