import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDeployedTenants, readTenantsFile } from '../../../shared/adapters/config/read-tenants-file.ts';
import { tenantId } from '../../support/open-world.ts';

const folder = mkdtempSync(join(tmpdir(), 'dsw-tenants-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const fileOf = (count: number) => ({
  tenants: Array.from({ length: count }, (_, at) => ({ id: tenantId(at), name: `Tenant ${at}` })),
});

function problemOf(path: string): string {
  try {
    readTenantsFile(path);
  } catch (error) {
    expect(error).toMatchObject({ name: 'ConfigurationError' });
    return (error as Error).message;
  }
  return 'nothing is wrong';
}

it('a file of 5,000 tenants is read', () => {
  const path = write('large.json', JSON.stringify(fileOf(5000)));
  expect(readTenantsFile(path)).toMatchObject({ file: { tenants: { length: 5000 } }, warnings: [] });
});

it('an empty list is a warning that names the file', () => {
  const path = write('empty-list.json', JSON.stringify(fileOf(0)));
  expect(readTenantsFile(path).warnings).toEqual([`${path}: tenants is empty: no tenant would be checked`]);
});

describe('what cannot be read is said with the path', () => {
  it('no such file', () => {
    expect(problemOf(join(folder, 'none.json'))).toBe(`${join(folder, 'none.json')}: the file does not exist`);
  });

  it('a folder', () => {
    expect(problemOf(folder)).toBe(`${folder}: the file is a folder`);
  });

  it('a file of 20 MB, without reading it', () => {
    const path = write('huge.json', ' '.repeat(20 * 1024 * 1024));
    expect(problemOf(path)).toBe(`${path} is 20.0 MB; the largest tenants file is 16 MB`);
  });

  it('a wrong place in it', () => {
    const path = write('wrong.json', JSON.stringify({ tenants: [{ id: 'SECRET?sig=1', name: 'x' }] }));
    const problem = problemOf(path);
    expect(problem).toContain(`${path}: tenants[0].id `);
    expect(problem).not.toContain('SECRET');
  });

  it('many wrong places: the first twenty and how many more', () => {
    const tenants = Array.from({ length: 50 }, () => ({ id: 'x', name: 'x' }));
    const lines = problemOf(write('many.json', JSON.stringify({ tenants }))).split('\n');
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe('… and 30 more problems');
  });
});

describe('the tenants of a deployment', () => {
  it('are the text of the setting', () => {
    expect(readDeployedTenants(`  ${JSON.stringify(fileOf(2))}`).tenants).toHaveLength(2);
  });

  it('or the file that it names', () => {
    expect(readDeployedTenants(write('deployed.json', JSON.stringify(fileOf(3)))).tenants).toHaveLength(3);
  });

  it('are refused under the name of the setting', () => {
    expect(() => readDeployedTenants('{"tenants":1}')).toThrow(/^DSW_TENANTS: tenants must be a list$/);
    expect(() => readDeployedTenants('/nowhere.json')).toThrow('DSW_TENANTS: the file does not exist');
  });
});
