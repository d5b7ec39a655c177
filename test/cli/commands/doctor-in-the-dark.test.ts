import type { Diagnosis } from '../../../shared/jobs/diagnose-tenant.ts';
import type { SimulatedTenant } from '../../../simulator/tenant/tenant.ts';
import { tenantId } from '../../support/open-world.ts';
import { type Desk, fleetFile, openDesk } from '../open-desk.ts';

const TENANT_LINES = [
  'credential',
  'sign-in',
  'consent',
  'Exchange role',
  'setting',
  'hunting',
  'message trace',
  'audit log',
];

let desk: Desk;
let tenant: SimulatedTenant;

beforeAll(async () => {
  desk = await openDesk();
  await desk.world.register(fleetFile(desk.world, 1));
  desk.world.simulator.hunting = () => ({ schema: [], results: [] });
  // The Date header of an answer, by which the doctor judges our clock, is written by the real one.
  desk.world.clock.advance(Date.now() - desk.world.clock.now().getTime());
  tenant = desk.world.simulator.tenant(tenantId(1));
  tenant.defenderPlan2 = true;
});

afterAll(() => desk.close());

/** Exit code, and each line by what it is about. */
async function examine(...args: string[]) {
  const { code, out } = await desk.run('doctor', ...args, '--json');
  const { checks } = JSON.parse(out) as { checks: Diagnosis[] };
  return { code, checks, of: (what: string) => checks.find((line) => line.what === what) };
}

test.each([
  ['DNS is dead', { AZURE_AUTHORITY_HOST: 'https://sign-in.invalid' }],
  ['nobody listens', { AZURE_AUTHORITY_HOST: 'https://127.0.0.1:9' }],
])('%s: sign-in is missing, and whether the credential works is not claimed', async (_, settings) => {
  const { env } = desk.world;
  const before = { ...env };
  Object.assign(env, settings);
  const { code, checks, of } = await examine(tenant.id);
  Object.assign(env, before);
  expect(code).toBe(1);
  expect(checks.slice(0, 8).map(({ outcome }) => outcome)).toEqual(['skipped', 'missing', ...Array(6).fill('skipped')]);
  expect(of('sign-in')?.fix).toContain('Check DNS, proxy and firewall');
  expect(of('clock')?.outcome).toBe('skipped');
});

test('no channel at all is missing, too, and without any tenant the credential is not judged', async () => {
  const empty = await openDesk();
  delete empty.world.env.DSW_HOME_TENANT_ID;
  const { code, out } = await empty.run('doctor');
  await empty.close();
  expect(code).toBe(1);
  expect(out).toMatch(
    /^skipped {2}credential: .*\nmissing {2}channels: no channel is configured.*\n {9}fix: .*dsw tenants import/,
  );
});

describe('storage that cannot be used', () => {
  const unusable = async (change: (connection: string) => string, ...args: string[]) => {
    const { env } = desk.world;
    const { AzureWebJobsStorage = '' } = env;
    env.AzureWebJobsStorage = change(AzureWebJobsStorage);
    const found = await examine(...args);
    env.AzureWebJobsStorage = AzureWebJobsStorage;
    return found;
  };
  const wrongKey = (connection: string) =>
    connection.replace(/AccountKey=[^;]+/, `AccountKey=${Buffer.from('not the key').toString('base64')}`);

  test('no right to it: the tenant is examined all the same, channels are skipped, the roles are named', async () => {
    const { code, checks, of } = await unusable(wrongKey, tenant.id.toUpperCase());
    expect(code).toBe(1);
    expect(checks.map(({ what, outcome }) => `${what} ${outcome}`)).toEqual([
      ...TENANT_LINES.map((what) => `${what} works`),
      'channels skipped',
      'storage missing',
      'clock works',
    ]);
    expect(of('storage')?.why).toContain('status 403');
    expect(of('storage')?.fix).toContain('"Storage Table Data Contributor"');
  });

  test('without a tenant, and with something that is no id', async () => {
    delete desk.world.env.DSW_HOME_TENANT_ID;
    const { checks, of } = await unusable(wrongKey);
    expect(checks.map(({ what }) => what)).toEqual(['credential', 'channels', 'storage', 'clock']);
    expect(of('credential')).toMatchObject({ outcome: 'skipped', why: expect.stringContaining('DSW_HOME_TENANT_ID') });
    const { env } = desk.world;
    const { AzureWebJobsStorage = '' } = env;
    env.AzureWebJobsStorage = wrongKey(AzureWebJobsStorage);
    const said = await desk.run('doctor', 'fabrikam');
    env.AzureWebJobsStorage = AzureWebJobsStorage;
    expect(said).toMatchObject({ code: 3, out: '', err: expect.stringContaining('a tenant id is a GUID') });
  });
});
