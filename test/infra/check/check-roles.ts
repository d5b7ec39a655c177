import type { Infra } from './infra.ts';
import { bodyOf, type Expression, type Problem, propertyOf, type Resource, type Template } from './template.ts';
import { expressionsOf } from './walk.ts';

/**
 * Every GUID that may stand in a template or script, with its public name. Azure accepts a wrong role id only at deployment,
 * and another role's id silently, so an id is trusted only from here.
 */
export const KNOWN_IDS: Readonly<Record<string, string>> = {
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b': 'Storage Blob Data Owner',
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88': 'Storage Queue Data Contributor',
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3': 'Storage Table Data Contributor',
  '3913510d-42f4-4e42-8a64-420c390055eb': 'Monitoring Metrics Publisher',
  '4633458b-17de-408a-b874-0445c86b69e6': 'Key Vault Secrets User',
  'b86a8fe4-44ce-4948-aee5-eccb2c155cd7': 'Key Vault Secrets Officer',
  '00000002-0000-0ff1-ce00-000000000000': 'Office 365 Exchange Online (app)',
  '00000003-0000-0000-c000-000000000000': 'Microsoft Graph (app)',
  '8bd644d1-64a1-4d4b-ae52-2e0cbf64e373': 'Message trace (app)',
  'f2ef992c-3afb-46b9-b7cf-a126ee74c451': 'Global Reader',
};

const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Every id is known, `rbac.bicep` calls each role by its own name, and each assignment can be repeated without change. */
export function checkRoles(infra: Infra): Problem[] {
  const files = infra.files.filter((path) => /\.(bicep|sh)$/.test(path));
  const unknown = files.flatMap((file) =>
    (infra.text(file) ?? '')
      .split('\n')
      .flatMap((line, index) =>
        (line.match(GUID) ?? [])
          .filter((id) => KNOWN_IDS[id] === undefined)
          .map((id) => ({ file, line: index + 1, message: `${id} is not in the list of known ids` })),
      ),
  );
  return [
    ...unknown,
    ...[...infra.templates.values()].flatMap((template) => [...checkNames(template), ...checkAssignments(template)]),
  ];
}

/** `storageBlobDataOwner: '…'` must be the id of Storage Blob Data Owner. */
function checkNames(template: Template): Problem[] {
  const roles = template.variables.find((one) => one.name === 'roles')?.value;
  if (roles?.kind !== 'object') return [];
  return roles.properties.flatMap(({ name, value, line }) => {
    const [id] = value.kind === 'text' ? value.parts : [];
    const known = typeof id === 'string' ? KNOWN_IDS[id] : undefined;
    const expected = known?.replace(/\s+/g, '').replace(/^./, (first) => first.toLowerCase());
    return expected === name
      ? []
      : [{ file: template.path, line, message: `"${name}" has the id of ${known ?? 'an unknown role'}` }];
  });
}

function checkAssignments(template: Template): Problem[] {
  return template.resources
    .filter((one) => one.type === 'Microsoft.Authorization/roleAssignments' && !one.existing)
    .flatMap((one) => checkAssignment(one).map((message) => ({ file: template.path, line: one.line, message })));
}

/** The name must be guid(scope, principal, role) of just this assignment: then a second deployment finds the first one's. */
function checkAssignment(assignment: Resource): string[] {
  const body = bodyOf(assignment.body);
  const properties = propertyOf(body, 'properties');
  const name = propertyOf(body, 'name');
  if (properties === null || name?.kind !== 'call' || name.name !== 'guid')
    return ['the name must be guid(scope, principal, role)'];
  const scope = propertyOf(body, 'scope');
  const role = propertyOf(properties, 'roleDefinitionId');
  const expected = [
    scope === null ? '' : `${write(scope)}.id`,
    write(propertyOf(properties, 'principalId')),
    role?.kind === 'call' ? write(role.args[1] ?? null) : '',
  ];
  const problems =
    name.args.map(write).join(' ') === expected.join(' ') ? [] : [`the name must be guid(${expected.join(', ')})`];
  if (propertyOf(properties, 'principalType') === null)
    problems.push('without principalType the assignment fails while the identity is new');
  return problems;
}

/** An expression in the few forms that names of assignments have. */
function write(expression: Expression | null): string {
  if (expression?.kind === 'name') return expression.name;
  return expression?.kind === 'member' ? `${write(expression.of)}.${expression.name}` : '';
}

/** The names of the roles that the templates assign, for the table in the documents. */
export function rolesUsed(template: Template): string[] {
  const names = expressionsOf(template).flatMap((one) =>
    one.kind === 'member' && one.of.kind === 'name' && one.of.name === 'roles' ? [one.name] : [],
  );
  return [...new Set(names)];
}
