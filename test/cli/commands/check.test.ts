import type { CheckDocument } from '../../../cli/documents/check-document.ts';
import { aadsts } from '../../../simulator/sign-in/sign-in-behaviours.ts';
import { tenantId } from '../../support/open-world.ts';
import { type Desk, fleetFile, openDesk } from '../open-desk.ts';

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
});

afterEach(() => desk.close());

/** Sets what each tenant's Exchange says, in order; null removes our app from the tenant. */
function set(...settings: (boolean | null)[]) {
  for (const [at, setting] of settings.entries()) {
    const tenant = desk.world.simulator.tenant(tenantId(at + 1));
    if (setting === null) tenant.consent = 'app-absent';
    else tenant.setting = setting;
  }
}

describe('exit codes', () => {
  const CASES: readonly [string, (boolean | null)[], number, object][] = [
    ['all enforced', [true, true, true], 0, { enforced: 3 }],
    ['one permissive', [true, false, true], 1, { enforced: 2, permissive: 1 }],
    ['one permissive and one unknown', [true, false, null], 1, { enforced: 1, permissive: 1, unknown: 1 }],
    ['none permissive, one unknown', [true, null, true], 2, { enforced: 2, unknown: 1 }],
  ];

  test.each(CASES)('%s', async (_, settings, code, figures) => {
    await desk.world.register(fleetFile(desk.world, 3));
    set(...settings);
    const said = await desk.run('check', '--json');
    expect(said.code).toBe(code);
    const { summary } = JSON.parse(said.out) as CheckDocument;
    expect(summary).toMatchObject({ tenants: 3, enforced: 0, permissive: 0, unknown: 0, excepted: 0, ...figures });
    const { enforced, permissive, unknown, excepted, tenants } = summary;
    expect(enforced + permissive + unknown + excepted).toBe(tenants);
  });

  test('an excepted tenant counts as fine, and is not among the permissive', async () => {
    await desk.world.register(fleetFile(desk.world, 2));
    const approval = ['--reason', 'scanner', '--approved-by', 'CISO', '--until', '2026-12-31'];
    expect(await desk.run('exceptions', 'add', tenantId(1), ...approval)).toMatchObject({ code: 0 });
    set(false, true);
    const said = await desk.run('check', '--json');
    expect(said.code).toBe(0);
    const { summary, tenants } = JSON.parse(said.out) as CheckDocument;
    expect(summary).toMatchObject({ tenants: 2, enforced: 1, permissive: 0, unknown: 0, excepted: 1 });
    expect(tenants[0]).toMatchObject({ verdict: 'permissive', excepted: true, alerts: [] });
  });
});

describe('what is printed where', () => {
  test('--json: one document on stdout and nothing else, even when something is logged', async () => {
    await desk.world.register(fleetFile(desk.world, 3));
    desk.world.simulator.behave('signIn', aadsts(7000222));
    const { out, err } = await desk.run('check', '--json');
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(out)).toMatchObject({ schemaVersion: 1 });
    expect(err).toContain('dsw: most tenants cannot be read for a reason of ours');
  });

  test('nothing is logged when there is nothing to say', async () => {
    await desk.world.register(fleetFile(desk.world, 1));
    expect((await desk.run('check', '--json')).err).toBe('');
  });
});

describe('which tenants', () => {
  test('only those named, in any case and once', async () => {
    await desk.world.register(fleetFile(desk.world, 3));
    const id = tenantId(2);
    const { tenants, summary } = await desk.check(0, '--tenant', id.toUpperCase(), id);
    expect(tenants.map((tenant) => tenant.tenantId)).toEqual([id]);
    expect(summary.tenants).toBe(1);
  });

  test('one that is not registered: exit 3, nothing shown, nobody asked', async () => {
    await desk.world.register(fleetFile(desk.world, 1));
    const said = await desk.run('check', '--json', '--tenant', tenantId(1), tenantId(9));
    expect(said).toEqual({ code: 3, out: '', err: expect.stringContaining('dsw tenants list') });
    expect(desk.world.simulator.requests).toEqual([]);
  });

  test('--tenants imports the file first and checks the tenants in it, not the others', async () => {
    await desk.world.register(fleetFile(desk.world, 1));
    const { id } = desk.world.simulator.tenant(tenantId(2));
    const tenants = [{ id, name: 'Fabrikam GmbH' }];
    const path = desk.write('tenants.json', fleetFile(desk.world, 0, { tenants }));
    const document = await desk.check(0, '--tenants', path);
    expect(document.tenants.map(({ name, transition }) => [name, transition])).toEqual([['Fabrikam GmbH', 'baseline']]);
    const listed = await desk.read<{ tenants: { name: string }[] }>('tenants', 'list');
    expect(listed.tenants.map(({ name }) => name)).toEqual(['Tenant 1', 'Fabrikam GmbH']);
  });

  test('an empty list, or no tenant at all, is an error that says what to do', async () => {
    const path = desk.write('tenants.json', fleetFile(desk.world, 0));
    const file = await desk.run('check', '--tenants', path);
    expect(file).toEqual({ code: 3, out: '', err: `dsw: ${path}: tenants is empty: no tenant would be checked\n` });
    const none = await desk.run('check');
    expect(none).toEqual({ code: 3, out: '', err: expect.stringContaining('dsw tenants import') });
  });

  test('a wrong file: exit 3 with the place, nothing imported, nobody asked', async () => {
    const path = desk.write('tenants.json', { tenants: [{ id: 'nonsense', name: 'Fabrikam' }] });
    const said = await desk.run('check', '--tenants', path);
    expect(said).toMatchObject({ code: 3, out: '' });
    expect(said.err).toContain('tenants[0].id must be a tenant id (a GUID)');
    expect(await desk.read('tenants', 'list')).toEqual({ schemaVersion: 1, tenants: [] });
    expect(desk.world.simulator.requests).toEqual([]);
  });

  test('DSW_TENANTS is merged at each sweep, and a tenant that it no longer names is retired', async () => {
    desk.world.env.DSW_TENANTS = JSON.stringify(fleetFile(desk.world, 2));
    expect((await desk.check()).summary.tenants).toBe(2);
    desk.world.env.DSW_TENANTS = JSON.stringify(fleetFile(desk.world, 1));
    expect((await desk.check()).summary.tenants).toBe(1);
  });
});

describe('a wrong channel stops the check before anybody is asked', () => {
  const CASES: readonly [string, string, RegExp][] = [
    ['a connector', 'https://contoso.webhook.office.com/webhookb2/x', /Office 365 connector.*docs\/connect-teams\.md/],
    ['http', 'http://prod.westeurope.logic.azure.com/x', /must begin with https/],
    ['another host', 'https://hooks.example/x', /DSW_WEBHOOK_HOSTS/],
    ['an unset setting', '', /TEST_OPS_URL is missing or empty/],
    ['copied from a web page', 'https://x.logic.azure.com/workflows/1/triggers/manual?a=1&amp;sig=x', /&amp;/],
  ];

  test.each(CASES)('%s', async (_, url, expected) => {
    const file = fleetFile(desk.world, 1);
    desk.world.env.TEST_OPS_URL = url;
    const given = await desk.run('check', '--tenants', desk.write('tenants.json', file));
    expect(given).toEqual({ code: 3, out: '', err: expect.stringMatching(expected) });
    expect(given.err).toContain('channel "ops" (TEST_OPS_URL)');
    expect(await desk.read('tenants', 'list')).toMatchObject({ tenants: [] });
    await desk.world.register(file);
    expect(await desk.run('check')).toEqual({ code: 3, out: '', err: given.err });
    expect(desk.world.simulator.requests).toEqual([]);
  });
});
