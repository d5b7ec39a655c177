import { START, tenantId } from '../../support/open-world.ts';
import { type Desk, fleetFile, openDesk } from '../open-desk.ts';

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
});

afterEach(() => desk.close());

interface Listed {
  readonly tenants: readonly Record<string, unknown>[];
}

const list = () => desk.read<Listed>('tenants', 'list');

test('import says how many are new or changed; what is there as written is not written again', async () => {
  const path = desk.write('tenants.json', fleetFile(desk.world, 3));
  expect(await desk.run('tenants', 'import', path)).toEqual({
    code: 0,
    out: '3 tenants in the file, 3 new or changed\n',
    err: '',
  });
  expect((await desk.run('tenants', 'import', path)).out).toBe('3 tenants in the file, 0 new or changed\n');
  const one = desk.write('one.json', fleetFile(desk.world, 1, { tenants: [{ id: tenantId(2), name: 'Contoso Oy' }] }));
  expect((await desk.run('tenants', 'import', one)).out).toBe('1 tenant in the file, 1 new or changed\n');
  expect((await list()).tenants.map(({ name }) => name)).toEqual(['Tenant 1', 'Contoso Oy', 'Tenant 3']);
});

test('list: the document, and the table', async () => {
  const tenants = [{ id: tenantId(1).toUpperCase(), name: 'Agency', domains: ['Agency.example'], cloud: 'gcc' }];
  await desk.run('tenants', 'import', desk.write('t.json', fleetFile(desk.world, 0, { tenants })));
  expect(await list()).toMatchObject({
    schemaVersion: 1,
    tenants: [
      { id: tenantId(1), name: 'Agency', domains: ['agency.example'], cloud: 'gcc', channels: null, origin: 'import' },
    ],
  });
  const { out } = await desk.run('tenants', 'list');
  expect(out).toMatch(new RegExp(`^${tenantId(1)} +Agency +gcc +\\(defaults\\) +import$`, 'm'));
});

test('what export prints is a tenants file: validate accepts it, import finds nothing new', async () => {
  const file = fleetFile(desk.world, 3, {
    defaults: { channels: ['ops'], fallback: 'spare', escalateTo: ['siem'], escalateAfter: '90m' },
  });
  Object.assign(file.tenants[0] ?? {}, {
    domains: ['fabrikam.example'],
    cloud: 'gcc',
    channels: ['siem', 'ops'],
    escalateTo: ['spare'],
    escalateAfter: '1d',
  });
  await desk.run('tenants', 'import', desk.write('tenants.json', file));
  await desk.run('tenants', 'remove', tenantId(3));
  const exported = await desk.run('tenants', 'export');
  const path = desk.write('exported.json', exported.out);
  expect(await desk.run('tenants', 'validate', path)).toEqual({
    code: 0,
    out: `${path}: 2 tenants, 3 channels, no problem found\n`,
    err: '',
  });
  expect((await desk.run('tenants', 'import', path)).out).toContain('0 new or changed');
  expect(await desk.run('tenants', 'export')).toEqual(exported);
  expect(JSON.parse(exported.out)).toMatchObject({ channels: file.channels, defaults: file.defaults });
  expect(exported.out).not.toContain(desk.world.simulator.marker);
});

test('an empty registry exports a file that validate accepts with a warning', async () => {
  const path = desk.write('empty.json', (await desk.run('tenants', 'export')).out);
  expect(await desk.run('tenants', 'validate', path)).toEqual({
    code: 0,
    out: `${path}: 0 tenants, 0 channels, no problem found\n`,
    err: `dsw: warning: ${path}: tenants is empty: no tenant would be checked\n`,
  });
});

test('remove stops the checks and keeps the ledger; the same tenant may come back', async () => {
  await desk.world.register(fleetFile(desk.world, 2));
  await desk.check();
  const removed = await desk.run('tenants', 'remove', tenantId(1).toUpperCase());
  expect(removed).toMatchObject({ code: 0, out: expect.stringContaining('no longer checked') });
  expect((await desk.check(60_000)).tenants.map(({ name }) => name)).toEqual(['Tenant 2']);
  expect((await desk.run('tenants', 'list')).out).toContain(`retired ${START}`);
  expect((await desk.run('history', tenantId(1))).out).toMatch(/3 entries, chain intact[\s\S]*retired/);
  await desk.world.register(fleetFile(desk.world, 2));
  expect((await desk.check(60_000)).tenants).toHaveLength(2);
});

test('remove of a tenant that is not registered: exit 3', async () => {
  expect(await desk.run('tenants', 'remove', tenantId(9))).toMatchObject({ code: 3, out: '' });
});

test('5,000 tenants validate', async () => {
  const tenants = Array.from({ length: 5000 }, (_, at) => ({ id: tenantId(at), name: `Tenant ${at}` }));
  const path = desk.write('many.json', fleetFile(desk.world, 0, { tenants }));
  expect(await desk.run('tenants', 'validate', path)).toMatchObject({
    code: 0,
    out: `${path}: 5000 tenants, 3 channels, no problem found\n`,
  });
});
