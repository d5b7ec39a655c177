import { checkDomains } from '../../shared/core/traffic/own-domains.ts';
import { buildQuery, QUERY_NAMES } from '../../shared/queries/build-query.ts';
import { checkKql } from './check-kql.ts';

const PERIOD = { start: '2026-10-01T00:00:00.000Z', end: '2026-10-31T00:00:00.000Z' };
const OWN = checkDomains([
  { name: 'contoso.example', matchSubdomains: true },
  { name: 'münchen.example', matchSubdomains: false },
]);

describe('hunting queries', () => {
  test.each(QUERY_NAMES)('%s passes the type check of Kusto itself', (name) => {
    expect(checkKql(buildQuery(name, OWN, PERIOD))).toEqual([]);
    const noSubdomains = checkDomains([{ name: 'contoso.example', matchSubdomains: false }]);
    expect(checkKql(buildQuery(name, noSubdomains, PERIOD))).toEqual([]);
  });

  test.each([
    ['a column that does not exist', 'SenderIPv4', 'SenderIp'],
    ['a table that does not exist', 'let Copies = EmailEvents', 'let Copies = EmailEvent'],
    ['a text where yes or no is wanted', 'countif(IsDelivered)', 'countif(Spf)'],
    ['a forgotten pipe', '| summarize Messages', 'summarize Messages'],
  ])('the type check finds %s', (_, right, wrong) => {
    const query = buildQuery('traffic-by-day', OWN, PERIOD);
    expect(query).toContain(right);
    expect(checkKql(query.replace(right, wrong)).length).toBeGreaterThan(0);
  });

  test.each(QUERY_NAMES)('%s names itself in its first line and leaves no place unfilled', (name) => {
    const query = buildQuery(name, OWN, PERIOD);
    expect(query.split('\n')[0]).toBe(`// direct-send-watch: ${name}`);
    expect(query).not.toMatch(/__[A-Z]+__/);
    expect(query).toContain('let Own = dynamic(["contoso.example", "xn--mnchen-3ya.example", "münchen.example"]);');
    expect(query).toContain(String.raw`let Below = @"\.(?:contoso\.example)$";`);
  });

  test.each(['contoso.example"]); print x=1 //', 'a\\', "a'b", 'a b', 'a\nb', 'a|b', '', '__OWN__'])(
    'refuses the domain %j',
    (domain) => {
      expect(() => buildQuery('traffic-by-day', { exact: [domain], roots: [], rejected: [] }, PERIOD)).toThrow(
        /Refused to put/,
      );
      expect(() =>
        buildQuery('traffic-by-day', { exact: ['a.example'], roots: [domain], rejected: [] }, PERIOD),
      ).toThrow(/Refused to put/);
    },
  );

  test('refuses moments that are none, and a tenant without any valid domain', () => {
    expect(() => buildQuery('neighbours', OWN, { ...PERIOD, start: 'ago(1d)) | take 1 //' })).toThrow(/Refused to put/);
    expect(() => buildQuery('neighbours', { exact: [], roots: [], rejected: ['*'] }, PERIOD)).toThrow(
      /nothing to query/,
    );
  });
});
