import type { CheckedTenant } from '../../../shared/core/schemas.ts';
import type { AuditLog } from '../../../shared/jobs/services.ts';
import { graphFaults } from '../../../simulator/graph/graph-behaviours.ts';
import type { SimulatedTenant } from '../../../simulator/tenant/tenant.ts';
import { claimStorage } from '../../support/claim-storage.ts';
import { openWorld, tenantId, type World } from '../../support/open-world.ts';
import { sampleAudit } from '../../support/sample-audit.ts';

const WINDOW = { notBefore: '2026-11-20T06:00:00.000Z', notAfter: '2026-11-20T07:00:00.000Z' };

let world: World;
let audit: AuditLog;
let tenant: SimulatedTenant;
let nth = 0;

beforeAll(async () => {
  world = await openWorld(claimStorage());
  audit = world.services.audit;
});

beforeEach(() => {
  nth += 1;
  tenant = world.simulator.tenant(tenantId(nth));
});

afterAll(async () => {
  expect(world.simulator.requests.filter(({ wrong }) => wrong !== null)).toEqual([]);
  await world.close();
});

function checked(cloud: CheckedTenant['cloud'] = 'global'): CheckedTenant {
  const registeredAt = '2026-11-20T05:00:00.000Z';
  return { id: tenant.id, name: 'Fabrikam', domains: [], cloud, channels: [], escalation: null, registeredAt };
}

async function submit(): Promise<string> {
  const answer = await audit.submit(checked(), WINDOW);
  if (answer.kind !== 'submitted') throw new Error(`not submitted: ${JSON.stringify(answer)}`);
  return answer.id;
}

const poll = (id: string) => audit.poll(checked(), id, WINDOW);

describe('a query', () => {
  it('asks for changes of the organisation in the window, and a quarter of an hour before', async () => {
    await submit();
    const [query] = tenant.auditQueries.values();
    expect(query?.filters).toMatchObject({
      filterStartDateTime: '2026-11-20T05:45:00Z',
      filterEndDateTime: '2026-11-20T07:00:01Z',
      recordTypeFilters: ['exchangeAdmin'],
      operationFilters: ['Set-OrganizationConfig'],
    });
  });

  it('runs for a while, then names who did it', async () => {
    tenant.auditRecords.push(
      sampleAudit('2026-11-20T06:30:00Z', 'admin@fabrikam.example', { ExternalAccess: true, ClientAppId: 'app' }),
    );
    const id = await submit();
    expect(await poll(id)).toEqual({ kind: 'running' });
    expect(await poll(id)).toEqual({
      kind: 'found',
      actors: [
        {
          at: '2026-11-20T06:30:00.000Z',
          account: 'admin@fabrikam.example',
          clientIp: '203.0.113.9',
          application: 'app',
          external: true,
        },
      ],
    });
  });

  it('reads every page', async () => {
    for (let at = 0; at < 1200; at += 1) {
      const second = new Date(Date.parse('2026-11-20T06:00:01Z') + at * 1000).toISOString();
      tenant.auditRecords.push(sampleAudit(second, `user${at}@fabrikam.example`, { Parameters: [] }));
    }
    tenant.auditRecords.push(sampleAudit('2026-11-20T06:59:00Z', 'last@fabrikam.example'));
    const id = await submit();
    await poll(id);
    expect(await poll(id)).toMatchObject({ kind: 'found', actors: [{ account: 'last@fabrikam.example' }] });
  });

  it.each(['failed', 'cancelled'] as const)('that %s is asked anew at the next stage', async (ends) => {
    tenant.auditQuery.ends = ends;
    const id = await submit();
    await poll(id);
    expect(await poll(id)).toEqual({ kind: 'failed' });
  });

  it('that found nothing says whether it was cut short', async () => {
    for (const limitExceeded of [false, true]) {
      tenant.auditQuery.limitExceeded = limitExceeded;
      const id = await submit();
      await poll(id);
      expect(await poll(id)).toEqual({ kind: 'nothing', limitExceeded });
    }
  });

  it('that the service no longer knows is asked anew', async () => {
    expect(await poll('gone')).toEqual({ kind: 'failed' });
  });
});

describe('a tenant that cannot be asked', () => {
  it.each<[string, () => void, object]>([
    ['does not record', () => (tenant.auditing = 'off'), { kind: 'refused', why: 'audit-disabled' }],
    [
      'does not record, said in a nested text',
      () => (tenant.auditing = 'off-nested'),
      { kind: 'refused', why: 'audit-disabled' },
    ],
    [
      'did not grant it',
      () => tenant.appRoles.delete('AuditLogsQuery-Exchange.Read.All'),
      { kind: 'refused', why: 'permission-missing' },
    ],
    ['has no app', () => (tenant.consent = 'app-absent'), { kind: 'refused', why: 'permission-missing' }],
    ['gave no roles at all', () => (tenant.consent = 'roles-missing'), { kind: 'refused', why: 'permission-missing' }],
    [
      'has no licence',
      () => tenant.behave('graph', graphFaults.notLicensed),
      { kind: 'refused', why: 'licence-missing' },
    ],
    ['answers 429', () => tenant.behave('graph', graphFaults.throttledWithoutHint), { kind: 'failed' }],
    ['answers with an unknown error', () => tenant.behave('graph', graphFaults.unknownError), { kind: 'failed' }],
    ['answers with a web page', () => tenant.behave('graph', graphFaults.htmlGatewayTimeout), { kind: 'failed' }],
    ['is cut off', () => tenant.behave('graph', graphFaults.cutInBody), { kind: 'failed' }],
    ['gives no id', () => tenant.behave('graph', graphFaults.withoutValue), { kind: 'failed' }],
  ])('because it %s', async (_why, prepare, expected) => {
    prepare();
    expect(await audit.submit(checked(), WINDOW)).toEqual(expected);
  });

  it('because its cloud has no such log is not asked', async () => {
    const before = world.simulator.requests.length;
    expect(await audit.submit(checked('china'), WINDOW)).toEqual({ kind: 'refused', why: 'cloud-not-supported' });
    expect(world.simulator.requests).toHaveLength(before);
  });
});
