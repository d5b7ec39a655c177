import { type Infra, type LoadInfra, prepareInfra } from './check/infra.ts';
import { readPlanted } from './check/read-planted.ts';
import { type Expression, literalText } from './check/template.ts';
import { PLACE } from './expand/call-built-in.ts';
import { checkAppSettings } from './expand/check-app-settings.ts';
import { checkReferences } from './expand/check-references.ts';
import { checkPrivate, checkRules } from './expand/check-rules.ts';
import { type Expansion, expandParameters, expandTemplate } from './expand/expand-template.ts';
import { renderExpansion } from './expand/render-expansion.ts';
import type { Members } from './expand/values.ts';

type Expand = (infra: Infra) => Expansion;

const withMain =
  (given: Members): Expand =>
  (infra) =>
    expandTemplate(infra, 'main.bicep', {
      customer: 'ab',
      alertEmails: ['oncall@fabrikam.example'],
      credential: 'managed-identity',
      ...given,
    });

const GUID = '44444444-4444-4444-4444-444444444444';
const WEBHOOK = { uri: 'https://ops.fabrikam.example/hook', objectId: GUID, identifierUri: 'api://ops' };

/** The deployments that are written down whole, so that a change of any value is seen in review. `-u` writes them anew. */
const WRITTEN_DOWN: Readonly<Record<string, Expand>> = {
  'one central deployment': (infra) => expandParameters(infra, 'params/example.bicepparam'),
  'one customer on a private network': (infra) => expandParameters(infra, 'params/contoso.bicepparam'),
  'a trial with azd': (infra) =>
    expandTemplate(infra, 'main.sub.bicep', {
      environmentName: 'dsw-trial',
      location: 'westeurope',
      customer: 'trial',
      credential: 'managed-identity',
      alertEmail: 'oncall@fabrikam.example',
    }),
  'everything optional': withMain({
    network: 'private',
    natGatewayId: `${PLACE.group}/providers/Microsoft.Network/natGateways/out`,
    checkEveryMinutes: 180,
    auditTables: 'deletions',
    dailyLogQuotaGb: -1,
    operatorPrincipalId: GUID,
    webhookHosts: ['a.example', 'b.example:8443'],
    publicUrl: 'https://dsw.example.com',
    runbookUrl: 'https://wiki.example.com/dsw',
    alertWebhooks: [WEBHOOK],
    storeSamples: false,
    lockData: false,
  }),
};

/** One deployment for each value of each choice, and the shortest and longest codes of a customer. */
const VARIED: Readonly<Record<string, Members>> = {
  'the shortest code': {},
  'the longest code': { customer: 'Ab-CdefGhijk' },
  'a code of hyphens': { customer: '--' },
  'the smallest network': { network: 'private', networkAddressPrefix: '10.90.1.128/25' },
};

let load: LoadInfra;

beforeAll(async () => {
  load = await prepareInfra();
});

function choicesOf(infra: Infra): readonly (readonly [string, Expand])[] {
  const parameters = infra.templates.get('main.bicep')?.parameters ?? [];
  const allowed = parameters.flatMap(({ name, decorators }) => {
    const list = decorators.find((one) => one.name === 'allowed')?.args[0];
    const values = list?.kind === 'array' ? list.items.map(writtenIn) : [];
    return values.map((value) => [`${name} ${value}`, withMain({ signInClientId: GUID, [name]: value })] as const);
  });
  const varied = Object.entries(VARIED).map(([what, given]) => [what, withMain(given)] as const);
  return [...Object.entries(WRITTEN_DOWN), ...varied, ...allowed];
}

const writtenIn = (item: Expression) => (item.kind === 'number' ? item.value : literalText(item));

/** Problems of one deployment after another; whoever has seen enough stops asking. */
function* findProblems(infra: Infra): Generator<string> {
  for (const [what, expand] of choicesOf(infra)) {
    for (const problem of problemsOf(infra, expand)) yield `${what}: ${problem}`;
  }
}

function problemsOf(infra: Infra, expand: Expand): string[] {
  try {
    const { resources } = expand(infra);
    const isPrivate = resources.some((one) => one.type.startsWith('Microsoft.Network/virtualNetworks@'));
    return [
      ...checkRules(resources),
      ...checkReferences(resources),
      ...checkAppSettings(resources),
      ...(isPrivate ? checkPrivate(resources) : []),
    ];
  } catch (error) {
    return [(error as Error).message];
  }
}

const linesOf = (infra: Infra, expand: Expand): string[] => {
  try {
    return renderExpansion(expand(infra));
  } catch (error) {
    return [(error as Error).message];
  }
};

test.each(Object.entries(WRITTEN_DOWN))('what is sent to Azure: %s', (_, expand) => {
  expect(`\n${linesOf(load(), expand).join('\n')}\n`).toMatchSnapshot();
});

test('every choice gives a deployment that keeps the rules and whose settings the app takes', () => {
  expect(choicesOf(load()).length).toBeGreaterThan(30);
  expect([...findProblems(load())]).toEqual([]);
});

test('deploying again, or another customer, changes no name and no role assignment of the first', () => {
  const expand = withMain({});
  expect(linesOf(load(), expand)).toEqual(linesOf(load(), expand));
  const ids = (given: Members) =>
    withMain(given)(load())
      .resources.map((one) => one.id)
      .filter((id) => id.startsWith('/') && !id.includes('/privateDnsZones/'));
  const other = new Set(ids({ customer: 'cd' }));
  expect(ids({ customer: 'ab' }).filter((id) => other.has(id))).toEqual([]);
});

const planted = readPlanted('test/infra/expand/planted');

test.each(planted.filter(({ check }) => check !== 'snapshot'))(
  '$check: $what is seen',
  ({ says, check: _, ...plant }) => {
    const problems: string[] = [];
    for (const problem of findProblems(load(plant))) {
      problems.push(problem);
      if (problem.includes(says)) break;
    }
    expect(problems.join('\n')).toContain(says);
  },
);

test.each(planted.filter(({ check }) => check === 'snapshot'))(
  '$check: $what is seen',
  ({ says, check: _, ...plant }) => {
    const [before, after] = [load(), load(plant)].map((infra) =>
      Object.values(WRITTEN_DOWN).flatMap((expand) => linesOf(infra, expand)),
    );
    expect(after?.filter((line) => before?.includes(line) !== true).join('\n')).toContain(says);
  },
);
