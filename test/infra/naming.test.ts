import fc from 'fast-check';
import { evaluateFunction } from './check/evaluate-names.ts';
import { prepareInfra } from './check/infra.ts';
import type { Template } from './check/template.ts';

/** Azure's rules for the names that are used: form and greatest length. */
const RULES: Readonly<Record<string, { readonly form: RegExp; readonly most: number }>> = {
  identity: { form: /^[A-Za-z0-9][A-Za-z0-9-_]*$/, most: 128 },
  storage: { form: /^[a-z0-9]{3,}$/, most: 24 },
  vault: { form: /^[A-Za-z](?!.*--)[A-Za-z0-9-]+[A-Za-z0-9]$/, most: 24 },
  workspace: { form: /^[A-Za-z0-9][A-Za-z0-9-]+[A-Za-z0-9]$/, most: 63 },
  component: { form: /^[A-Za-z0-9][A-Za-z0-9-]*$/, most: 255 },
  plan: { form: /^[A-Za-z0-9-]+$/, most: 40 },
  // The host's lease and keys are named by the first 32 characters, so the whole name must fit in them.
  functionApp: { form: /^[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]$/, most: 32 },
  network: { form: /^[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]$/, most: 64 },
  actionGroup: { form: /^[A-Za-z0-9][A-Za-z0-9-]*$/, most: 260 },
  alertRule: { form: /^[A-Za-z0-9][A-Za-z0-9-]*$/, most: 200 },
};

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const TOKENS = fc.string({ unit: fc.constantFrom(...LETTERS, ...'234567'), minLength: 13, maxLength: 13 });
const CUSTOMERS = fc
  .array(
    fc.string({
      unit: fc.constantFrom(...LETTERS, ...LETTERS.toUpperCase(), ...'0123456789'),
      minLength: 1,
      maxLength: 6,
    }),
    { minLength: 1, maxLength: 2 },
  )
  .map((parts) => parts.join('-').slice(0, 12))
  .filter((code) => code.length >= 2);

let naming: Template;

beforeAll(async () => {
  const template = (await prepareInfra())().templates.get('naming.bicep');
  if (template === undefined) throw new Error('naming.bicep does not parse');
  naming = template;
});

const namesFor = (customer: string, token: string) =>
  Object.entries(evaluateFunction(naming, 'namesFor', [customer, token]));

test('every name is within the rules of its type, for every customer code', () => {
  fc.assert(
    fc.property(CUSTOMERS, TOKENS, (customer, token) => {
      for (const [kind, name] of namesFor(customer, token)) {
        const rule = RULES[kind];
        expect([kind, rule?.form.test(name) === true && name.length <= rule.most, name]).toEqual([kind, true, name]);
      }
    }),
    { seed: 20261122 },
  );
});

test('two deployments never share a name, whatever Azure wants to be unique', () => {
  fc.assert(
    fc.property(CUSTOMERS, CUSTOMERS, TOKENS, TOKENS, (one, other, token, otherToken) => {
      fc.pre(token !== otherToken);
      const others = new Map(namesFor(other, otherToken));
      for (const [kind, name] of namesFor(one, token)) expect(name).not.toBe(others.get(kind));
    }),
    { seed: 20261122 },
  );
});

test('every kind of name has its rule here', () => {
  expect(namesFor('contoso', 'abcdefghijklm').map(([kind]) => kind)).toEqual(Object.keys(RULES));
});
