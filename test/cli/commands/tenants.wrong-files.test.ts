import { readDeployedTenants } from '../../../shared/adapters/config/read-tenants-file.ts';
import { tenantId } from '../../support/open-world.ts';
import { type Desk, openDesk } from '../open-desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});

afterAll(() => desk.close());

describe('a wrong file is refused whole, with the place of each fault, and nothing of it is repeated', () => {
  const ok = { id: tenantId(1), name: 'Fabrikam' };
  const secret = 'SECRETSECRET';
  const url = `https://x.logic.azure.com/workflows/1/triggers/manual/paths/invoke?sig=${secret}`;
  const CASES: readonly [string, string | object, string][] = [
    ['an id twice', { tenants: [ok, { ...ok, name: secret }] }, 'tenants[1].id is the same as tenants[0].id'],
    ['a bad GUID', { tenants: [{ ...ok, id: secret }] }, 'tenants[0].id must be a tenant id (a GUID)'],
    ['an unknown channel', { tenants: [{ ...ok, channels: ['ops'] }] }, 'tenants[0].channels[0] names a channel that'],
    [
      'a pasted URL',
      { channels: { ops: { type: 'teams-workflow', url } }, tenants: [ok] },
      'channels.ops.url contains',
    ],
    ['an unknown key', { tenants: [{ ...ok, domain: secret }] }, 'tenants[0].domain is not a known key'],
    ['a wrong type', { tenants: [{ ...ok, domains: secret }] }, 'tenants[0].domains must be a list'],
    ['no name', { tenants: [{ id: ok.id }] }, 'tenants[0].name is required'],
    ['a control character', { tenants: [{ ...ok, name: `${secret}\u001b[31m` }] }, 'tenants[0].name must not contain'],
    ['a BOM', `\uFEFF${JSON.stringify({ tenants: [ok] })}`, 'byte order mark'],
    ['a trailing comma', '{ "tenants": [\r\n  "SECRETSECRET",\r\n] }', 'comma before the closing bracket at line 3'],
    ['a CSV', `id,name\n${ok.id},${secret}\n`, 'is not JSON; it looks like CSV'],
    ['nothing', '', 'is empty'],
    ['a list', `["${secret}"]`, 'must be an object'],
  ];

  test.each(CASES)('%s', async (_, content, expected) => {
    const path = desk.write('wrong.json', content);
    for (const command of ['validate', 'import']) {
      const said = await desk.run('tenants', command, path);
      expect(said).toMatchObject({ code: 3, out: '' });
      expect(said.err).toContain(`dsw: ${path}`);
      expect(said.err).toContain(expected);
      expect(said.err).not.toContain(secret);
    }
    expect(await desk.read('tenants', 'list')).toMatchObject({ tenants: [] });
  });

  test('20 MB', async () => {
    const path = desk.write('large.json', `{"tenants":[${' '.repeat(20 * 1024 * 1024)}]}`);
    const said = await desk.run('tenants', 'validate', path);
    expect(said).toEqual({
      code: 3,
      out: '',
      err: `dsw: ${path} is 20.0 MB; the largest tenants file is 16 MB\n`,
    });
  });

  test('a file that does not exist, and a folder', async () => {
    const missing = await desk.run('tenants', 'import', '/does/not/exist.json');
    expect(missing).toEqual({ code: 3, out: '', err: 'dsw: /does/not/exist.json: the file does not exist\n' });
    expect((await desk.run('tenants', 'validate', '/')).err).toBe('dsw: /: the file is a folder\n');
  });

  test('hundreds of faults: the first twenty are shown, the others counted', async () => {
    const path = desk.write('bad.json', { tenants: Array.from({ length: 300 }, () => ({ id: 1, name: 'x' })) });
    const lines = (await desk.run('tenants', 'validate', path)).err.trimEnd().split('\n');
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe('dsw: … and 280 more problems');
  });

  test('Windows line ends are named with their place, and nothing is imported', async () => {
    const text = `{\n${JSON.stringify({ tenants: [ok] }, null, 2)
      .slice(1)
      .replaceAll('\n', '\r\n')}`;
    const path = desk.write('crlf.json', text);
    for (const command of ['validate', 'import']) {
      const { code, out, err } = await desk.run('tenants', command, path);
      expect({ code, out }).toEqual({ code: 3, out: '' });
      expect(err).toContain(`${path} has Windows line ends (CRLF), the first in line 2; save it with LF`);
    }
    expect((await desk.run('tenants', 'list')).out).not.toContain(ok.name);
  });

  test('a deployment may come from a Windows machine', async () => {
    const text = JSON.stringify({ tenants: [ok] }, null, 2).replaceAll('\n', '\r\n');
    expect(readDeployedTenants(text).tenants).toHaveLength(1);
  });
});
