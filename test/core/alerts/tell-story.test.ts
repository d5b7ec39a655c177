import type { Alert } from '../../../shared/core/alerts/alert.ts';
import type { AlertContext, Limits } from '../../../shared/core/alerts/story.ts';
import { tellStory } from '../../../shared/core/alerts/tell-story.ts';
import { wordsIn } from '../../../shared/core/alerts/words/words.ts';
import { alertsOfEveryKind, contextOf } from '../../support/alerts-of-every-kind.ts';

const SAMPLE = alertsOfEveryKind()[0]!;
const TENANT = SAMPLE.alert.tenant!;
const ROOMY: Limits = { text: 300, rows: 100, optional: true };
const asIs = (raw: string, max: number) => raw.slice(0, max);

function tell(change: Partial<Alert> = {}, context: Partial<AlertContext> = {}, limits = ROOMY) {
  return tellStory({ ...SAMPLE.alert, ...change }, { ...contextOf(SAMPLE, 'en'), ...context }, asIs, limits);
}
const customerOf = (domains: readonly string[], name = 'Fabrikam') =>
  tell({ tenant: { ...TENANT, name, domains } }).facts[0]?.value;
const many = (count: number) => Array.from({ length: count }, (_, at) => `d${at}.example`);

test.each<[string, readonly string[], string]>([
  ['without domains', [], 'Fabrikam'],
  ['with one', ['fabrikam.example'], 'Fabrikam (fabrikam.example)'],
  ['with three', many(3), 'Fabrikam (d0.example, d1.example, d2.example)'],
  ['with five, of which three are named', many(5), 'Fabrikam (d0.example, d1.example, d2.example, and 2 more)'],
])('a customer %s', (_, domains, shown) => expect(customerOf(domains)).toBe(shown));

test('a verified domain stays whole, a text that is none is escaped like any other', () => {
  const broken = (raw: string) => raw.replaceAll('.', '[.]');
  const shown = (domain: string) =>
    tellStory({ ...SAMPLE.alert, tenant: { ...TENANT, domains: [domain] } }, contextOf(SAMPLE, 'en'), broken, ROOMY)
      .facts[0]?.value;
  expect(shown('mail.fabrikam-print.example')).toContain('(mail.fabrikam-print.example)');
  for (const other of ['evil.example/x', ' evil.example', 'evil.example?', 'a..b', `${'a'.repeat(250)}.example`]) {
    expect(shown(other)).toContain(broken(other));
  }
});

test('an empty name or id is shown as a dash', () => {
  const { facts, headline } = tell({ tenant: { ...TENANT, name: '', id: '', domains: [] } });
  expect(facts.slice(0, 2).map(({ value }) => value)).toEqual(['–', '–']);
  expect(headline).toMatch(/ – –$/);
});

test('texts are as long as their place and the limits allow', () => {
  const name = 'n'.repeat(300);
  expect(customerOf([], name)).toHaveLength(120);
  expect(tell({ tenant: { ...TENANT, name } }, {}, { ...ROOMY, text: 40 }).facts[0]?.value).toContain('n'.repeat(40));
  expect(tell({ tenant: { ...TENANT, name, domains: [] } }, {}, { ...ROOMY, text: 40 }).facts[0]?.value).toHaveLength(
    40,
  );
});

test('where there is no room, what is nice to have is left out', () => {
  const traffic = SAMPLE.context.traffic ?? null;
  const titles = (limits: Limits) => {
    const { facts, proof } = tell({}, { traffic }, limits);
    return [...facts, ...proof].map(({ title }) => title);
  };
  const left = titles(ROOMY).filter((title) => !titles({ ...ROOMY, optional: false }).includes(title));
  const { forgedFrom, ledger } = wordsIn('en').label;
  expect(left).toEqual([forgedFrom, ledger]);
});

test('a possible repeat is said before everything else that is to be noted', () => {
  const ended = alertsOfEveryKind().find(({ name }) => name === 'drifted-exception-ended')!;
  const [plain, repeated] = [false, true].map(
    (possibleRepeat) => tell({ facts: ended.alert.facts }, { possibleRepeat }).notes,
  );
  expect(plain).toHaveLength(1);
  expect(repeated?.slice(1)).toEqual(plain);
});

describe('links', () => {
  const urlsOf = (links: AlertContext['links'], facts = SAMPLE.alert.facts) =>
    tell({ facts }, { links }).links.map(({ url }) => url);

  test('are those that are known, in their order', () => {
    const links = { runbook: 'https://c.example/', evidence: 'https://a.example/', acknowledge: 'https://b.example/' };
    expect(urlsOf(links)).toEqual(['https://a.example/', 'https://b.example/', 'https://c.example/']);
    expect(urlsOf({})).toEqual([]);
  });

  test.each(['http://a.example/', 'javascript:alert(1)', 'https://', 'https://a b/', ''])('%j is none', (evidence) => {
    expect(urlsOf({ evidence })).toEqual([]);
  });

  test('are at most 2,048 characters long', () => {
    const ofLength = (length: number) => `https://a.example/${'x'.repeat(length - 18)}`;
    expect(urlsOf({ evidence: ofLength(2048) })).toHaveLength(1);
    expect(urlsOf({ evidence: ofLength(2049) })).toEqual([]);
  });

  test.each(alertsOfEveryKind().map((sample) => [sample.name, sample.alert.facts] as const))(
    'an acknowledgement is offered for what is open: %s',
    (_, facts) => {
      const quietened = ['drifted', 'found-permissive', 'reminder', 'attributed', 'spoofing-seen'];
      expect(urlsOf({ acknowledge: 'https://b.example/' }, facts)).toHaveLength(quietened.includes(facts.kind) ? 1 : 0);
    },
  );
});
