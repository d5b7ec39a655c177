import { readdirSync, readFileSync } from 'node:fs';
import { readAlertRules } from './check/alert-rules.ts';
import { KNOWN_IDS, rolesUsed } from './check/check-roles.ts';
import { type Infra, prepareInfra } from './check/infra.ts';

const OWN = ['deploy', 'deploy-many', 'sign-in-app', 'roles', 'cost', 'tuning', 'upgrade', 'backup', 'monitoring'].map(
  (name) => `docs/${name}.md`,
);
const read = (path: string) => readFileSync(path, 'utf8');
let infra: Infra;

beforeAll(async () => {
  infra = (await prepareInfra())();
});

/** Cells of every table row whose first cell is not a head or a rule. */
const rowsOf = (path: string) =>
  read(path)
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
    .map((line) => line.slice(2, -2).split(' | '));

test('the table of roles is what the templates assign', () => {
  const template = infra.templates.get('modules/rbac.bicep');
  const assigned = template === undefined ? [] : rolesUsed(template);
  const names = rowsOf('docs/roles.md')
    .slice(1)
    .map(([role]) => role?.replace(/\s+/g, '').replace(/^./, (first) => first.toLowerCase()));
  expect([...new Set(names)].sort()).toEqual([...assigned].sort());
});

test('the condition for the deploying identity names the same roles', () => {
  const ids = read('docs/roles.md').match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
  const azure = Object.keys(KNOWN_IDS).filter((id) => infra.text('modules/rbac.bicep')?.includes(id));
  expect([...ids].sort()).toEqual(azure.sort());
});

test('every alert rule has a row with its severity and a section that says what to do', () => {
  const text = read('docs/monitoring.md');
  const rows = rowsOf('docs/monitoring.md');
  for (const { name, severity } of readAlertRules(infra)) {
    const row = rows.find(([first]) => first === `[${name}](#${name})`);
    expect([name, row?.[1]?.startsWith(String(severity))]).toEqual([name, true]);
    expect(text).toContain(`\n## ${name}\n`);
  }
});

test('every permission that the app asks for is explained', () => {
  const asked = [
    ...(infra.text('identity/app-registration.bicep') ?? '').matchAll(/^ {2}'([A-Za-z-]+\.[A-Za-z.\d]+)'$/gm),
  ].map((match) => match[1] ?? '');
  expect(asked).toHaveLength(5);
  const explained = read('docs/sign-in-app.md');
  expect(asked.filter((permission) => !explained.includes(`| \`${permission}\``))).toEqual([]);
});

test('script and template ask for the same permissions', () => {
  const permissions = (path: string) =>
    [...new Set((infra.text(path) ?? '').match(/\b[A-Z]\w+(?:-\w+)?\.(?:Read\.All|ManageAsApp(?:V2)?)\b/g))].sort();
  expect(permissions('identity/create-app.sh')).toEqual(permissions('identity/app-registration.bicep'));
  expect(permissions('identity/grant-tenant.sh')).toEqual(permissions('identity/app-registration.bicep'));
});

test('script and template trust the identity alike, and ask for application permissions only', () => {
  const [template = '', script = ''] = ['identity/app-registration.bicep', 'identity/create-app.sh'].map(
    (path) => infra.text(path) ?? '',
  );
  for (const text of [template, script]) {
    expect(text.match(/'?AzureADM\w+/g)?.map((one) => one.replace("'", ''))).toEqual(['AzureADMultipleOrgs']);
    expect(text.match(/api:\/\/\w+/g)).toEqual(['api://AzureADTokenExchange']);
    expect(new Set(text.match(/"?\btype\\?"?: ?\\?['"]\w+/g)?.map((one) => one.replace(/^.*['"]/, '')))).toEqual(
      new Set(['Role']),
    );
  }
  expect(template).toMatch(
    /issuer: '.{1,2}environment\(\)\.authentication\.loginEndpoint\}.{1,2}tenant\(\)\.tenantId\}\/v2\.0'/,
  );
  expect(script).toContain('https://login.microsoftonline.com/$tenant/v2.0');
  expect(template).toMatch(/^resource trust .+ = if \(!empty\(identityPrincipalId\)\) \{$/m);
  for (const text of [template, script]) expect(text).toMatch(/TENANT\/adminconsent\?client_id=\$/);
  expect(template).toMatch(/name: '.{1,2}app\.uniqueName\}\/identity-/);
});

test.each(OWN)('%s links to pages and files that exist', (path) => {
  const pages = readdirSync('docs');
  const links = [...read(path).matchAll(/\]\(([\w-]+\.md)\)/g)].map((match) => match[1] ?? '');
  expect(links.filter((link) => !pages.includes(link))).toEqual([]);
  const files = [...read(path).matchAll(/(?<![\w/])infra\/([\w./-]+\.(?:bicepparam|bicep|sh|json))\b/g)].map(
    (match) => match[1] ?? '',
  );
  const known = files.filter((file) => !file.includes('CUSTOMER'));
  expect(known.filter((file) => infra.text(file) === null)).toEqual([]);
});

test.each(OWN)('%s names only parameters that exist', (path) => {
  const parameters = [...infra.templates.values()].flatMap((template) => template.parameters.map((one) => one.name));
  const outputs = [...infra.templates.values()].flatMap((template) => template.outputs.map((one) => one.name));
  const named = [
    ...read(path).matchAll(
      /`((?:alert|audit|check(?!Tenant)|credential|daily|instance|lock|log|maximum|nat|network|operator|sign|storage|store|traffic|blind)[A-Z]\w+)`/g,
    ),
  ].map((match) => match[1] ?? '');
  expect(named.filter((name) => !parameters.includes(name) && !outputs.includes(name))).toEqual([]);
});
