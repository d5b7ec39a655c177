import { answerHunting } from '../../simulator/graph/hunting-engine.ts';
import { describeWithInterpreter, startInterpreter } from '../queries/run-kql.ts';
import { CORPUS_END } from './corpus-tenant.ts';
import { evaluateCorpus } from './evaluate-corpus.ts';
import { CORPUS_PARTS, generateCorpus } from './generate-corpus.ts';
import { type Hunt, readTenant } from './read-tenant.ts';
import { rate } from './score.ts';

const hunt: Hunt = (query, tenant) => {
  const result = answerHunting(query, { ...tenant.tables });
  return 'status' in result ? null : result.results;
};

describe('the corpus', () => {
  test('the same seed gives the same mail, another seed other mail', () => {
    const [first] = generateCorpus('development', 1, 'a');
    const [again] = generateCorpus('development', 1, 'a');
    const [other] = generateCorpus('development', 1, 'b');
    expect(again?.tables).toEqual(first?.tables);
    expect(other?.tables).not.toEqual(first?.tables);
  });

  test.each(CORPUS_PARTS)('in part %s every labelled source has sent mail, and both truths occur', (part) => {
    const tenants = generateCorpus(part, 12, 'labels');
    for (const { tables, labels } of tenants) {
      const senders = new Set(tables.EmailEvents.map((row) => row.SenderIPv4 || row.SenderIPv6));
      for (const { address } of labels.values()) expect(senders).toContain(address);
    }
    const truths = new Set(tenants.flatMap(({ labels }) => [...labels.values()].map(({ truth }) => truth)));
    expect(truths).toEqual(new Set(['spoof', 'legitimate']));
  });

  test('the held-out part has kinds of senders of its own', () => {
    const kinds = (part: 'development' | 'held-out') =>
      new Set(generateCorpus(part, 60, 'kinds').flatMap(({ labels }) => [...labels.values()].map(({ kind }) => kind)));
    const known = kinds('development');
    expect([...kinds('held-out')].filter((kind) => !known.has(kind)).length).toBeGreaterThan(8);
  });
});

describe('the assessment on the corpus', () => {
  test.each(['development', 'held-out'] as const)(
    'part %s meets the targets, ahead of every published query',
    (part) => {
      const { ours, published, breaking, readiness } = evaluateCorpus(generateCorpus(part, 80, 'ci'), hunt);
      const { precision, recall } = rate(ours);
      expect(precision).toBeGreaterThanOrEqual(0.9);
      expect(recall).toBeGreaterThanOrEqual(0.9);
      expect((ours.falseAlarms * 100) / 80).toBeLessThanOrEqual(10);
      expect(breaking.named / breaking.all).toBeGreaterThanOrEqual(0.95);
      expect(readiness.falselyReady).toBe(0);
      expect(readiness.ready).toBeGreaterThan(0);
      for (const query of published) {
        // A query that flags nearly everything may find everything; it is then wrong about most of it.
        const theirs = rate(query);
        expect(theirs.precision).toBeLessThan(precision);
        expect(Math.min(theirs.precision, theirs.recall)).toBeLessThan(Math.min(precision, recall));
      }
    },
  );

  test('senders that were written last are rarely mistaken either', () => {
    const { ours, readiness } = evaluateCorpus(generateCorpus('unseen', 80, 'ci'), hunt);
    expect(rate(ours).precision).toBeGreaterThanOrEqual(0.9);
    expect(rate(ours).recall).toBeGreaterThanOrEqual(0.85);
    expect(readiness.falselyReady).toBe(0);
  });

  test('without any name server, sign-in table or mail of others the assessment still holds', () => {
    const without = new Set(['names', 'spf', 'neighbours', 'sign-ins', 'returned-by-day']);
    const { ours, readiness } = evaluateCorpus(generateCorpus('held-out', 80, 'ci'), hunt, without);
    expect(rate(ours).precision).toBeGreaterThanOrEqual(0.9);
    expect(rate(ours).recall).toBeGreaterThanOrEqual(0.85);
    expect(readiness.falselyReady).toBe(0);
  });
});

describeWithInterpreter('the queries themselves, run as KQL', () => {
  let interpreter: ReturnType<typeof startInterpreter>;
  beforeAll(() => {
    interpreter = startInterpreter(CORPUS_END);
  });
  afterAll(() => interpreter.stop());

  test('lead to the same assessments as the simulator', () => {
    const withKql: Hunt = (query, tenant) => interpreter.run(query, { ...tenant.tables });
    const [one, two] = [1, 2].map(() => generateCorpus('held-out', 6, 'kql')) as [
      ReturnType<typeof generateCorpus>,
      ReturnType<typeof generateCorpus>,
    ];
    for (const [at, tenant] of one.entries()) {
      expect(readTenant(tenant, withKql)).toEqual(readTenant(two[at]!, hunt));
    }
  });
});
