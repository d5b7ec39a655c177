import type { OpenGraph } from '../../../shared/adapters/microsoft365/open-graph.ts';
import { type HuntingResult, runHunting } from '../../../shared/adapters/microsoft365/run-hunting.ts';
import { checkDomains } from '../../../shared/core/traffic/own-domains.ts';
import { ROW_LIMIT } from '../../../shared/queries/build-query.ts';

const OWN = checkDomains([{ name: 'contoso.example', matchSubdomains: false }]);
const WHOLE = { start: '2026-10-01T00:00:00.000Z', end: '2026-10-31T00:00:00.000Z' };
const FULL = Array.from({ length: ROW_LIMIT }, () => ({}));

interface Asked {
  readonly result: HuntingResult;
  /** Days of the periods that were asked for, in order. */
  readonly days: readonly number[];
}

/** Runs a query at a service that answers by the number of days asked for. */
async function ask(answer: (days: number, start: string) => unknown, callsLeft = 36): Promise<Asked> {
  const days: number[] = [];
  let tooLarge = false;
  const graph = {
    api: () => ({
      async post({ Query }: { Query: string }) {
        const [start = '', end = ''] = [...Query.matchAll(/let (?:Start|End) = datetime\(([^)]+)\)/g)].map((m) => m[1]);
        days.push((Date.parse(end) - Date.parse(start)) / 86_400_000);
        const given = answer(days.at(-1) ?? 0, start);
        tooLarge = given === 'too large';
        return given === 'too large' ? {} : { results: given };
      },
    }),
  };
  const meter = { huntsLeft: () => callsLeft - days.length, wasTooLarge: () => tooLarge };
  const openGraph = (() => graph) as unknown as OpenGraph;
  const target = { id: '3d1c0000-0000-4000-8000-000000000001', cloud: 'global' } as const;
  return { result: await runHunting({ openGraph, meter }, target, 'traffic-by-day', OWN, WHOLE), days };
}

const countOf = ({ result }: Asked) => (result.ok ? { rows: result.rows.length, truncated: result.truncated } : result);

test('an answer below the limit is whole', async () => {
  const asked = await ask(() => [{}, {}]);
  expect({ ...countOf(asked), days: asked.days }).toEqual({ rows: 2, truncated: false, days: [30] });
});

test.each([
  ['reached the row limit', FULL],
  ['was too large', 'too large'],
])('one that %s is read again in halves', async (_, cut) => {
  const asked = await ask((days) => (days > 8 ? cut : [{}]));
  expect(asked.days).toEqual([30, 15, 7, 8, 15, 7, 8]);
  expect(countOf(asked)).toEqual({ rows: 4, truncated: false });
});

test('halving stops where the quota would end', async () => {
  const asked = await ask(() => FULL, 10);
  expect(asked.days).toEqual([30, 15, 7, 3, 1, 2, 1, 1, 4, 8]);
  expect(countOf(asked)).toMatchObject({ truncated: true });
});

test('a day that alone has too many rows is cut, and that is said', async () => {
  const asked = await ask((days, start) => (days > 1 ? 'too large' : start < '2026-10-02' ? FULL : [{}]), 100);
  expect(Math.min(...asked.days)).toBe(1);
  expect(countOf(asked)).toEqual({ rows: ROW_LIMIT + 29, truncated: true });
});
