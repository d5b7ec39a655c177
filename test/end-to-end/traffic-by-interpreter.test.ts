import type { CheckDocument } from '../../cli/documents/check-document.ts';
import { judgeReadiness } from '../../shared/core/posture/judge-readiness.ts';
import type { AssessedSource } from '../../shared/core/traffic/assessed-source.ts';
import type { SimulatedTenant } from '../../simulator/tenant/tenant.ts';
import { type Desk, fleetFile, openDesk } from '../cli/open-desk.ts';
import { describeWithInterpreter, startInterpreter } from '../queries/run-kql.ts';
import { START, tenantId } from '../support/open-world.ts';
import { CORPUS_DAYS, CORPUS_END, type CorpusTenant } from '../traffic-corpus/corpus-tenant.ts';
import { CORPUS_PARTS, generateCorpus } from '../traffic-corpus/generate-corpus.ts';
import { type Hunt, readTenant } from '../traffic-corpus/read-tenant.ts';
import { connectGateway, settleTenant } from '../traffic-corpus/settle-tenant.ts';

/** Few enough that no two of them have got the same address by chance: they share one name service. */
const TENANTS_TOGETHER = 9;
/** More of them for a longer run: `TEST_CORPUS_ROUNDS=6 npm test -- test/end-to-end/traffic-by-interpreter.test.ts`. */
const ROUNDS = Number(process.env.TEST_CORPUS_ROUNDS ?? 1);
const PLAYED = CORPUS_PARTS.flatMap((part) => Array.from({ length: ROUNDS }, (_, round) => [part, round + 1] as const));

/** The corpus's own look-ups fail now and then by chance; a name server that runs does not. */
function withoutFailures(tenant: CorpusTenant): CorpusTenant {
  return { ...tenant, random: { ...tenant.random, chance: () => false } };
}

type Listed = CheckDocument['tenants'][number]['traffic']['sources'][number];

function pickSeen({
  source,
  class: kind,
  assessment,
  score,
  reasons,
  messages,
  delivered,
  firstSeen,
  lastSeen,
}: Listed) {
  return { source, class: kind, assessment, score, reasons, messages, delivered, firstSeen, lastSeen };
}

function whatPeopleSee(sources: readonly AssessedSource[]) {
  return sources.map((source) => ({
    source: source.source,
    class: source.class,
    assessment: source.assessment,
    score: source.score,
    reasons: source.reasons,
    messages: source.messages,
    delivered: source.delivery?.delivered ?? null,
    firstSeen: source.firstSeen,
    lastSeen: source.lastSeen,
  }));
}

describeWithInterpreter('dsw check with its hunting answered by a KQL interpreter', () => {
  describe.each(PLAYED)('part %s, round %i', (part, round) => {
    let desk: Desk;
    let interpreter: ReturnType<typeof startInterpreter>;
    let document: CheckDocument;
    const tenants = generateCorpus(part, TENANTS_TOGETHER, `end-to-end ${round}`);
    const corpusOf = new Map<SimulatedTenant, CorpusTenant>();
    const rowOf = (at: number) => document.tenants.find((row) => row.tenantId === tenantId(at + 1))!;
    const hunt: Hunt = (query, tenant) => interpreter.run(query, { ...tenant.tables });

    beforeAll(async () => {
      interpreter = startInterpreter(CORPUS_END);
      desk = await openDesk();
      const { world } = desk;
      const { simulator, clock } = world;
      clock.advance(Date.parse(CORPUS_END) - Date.parse(START));
      await world.register(fleetFile(world, tenants.length));
      for (const [at, corpus] of tenants.entries()) {
        connectGateway(corpus);
        corpusOf.set(settleTenant(simulator, tenantId(at + 1), corpus), corpus);
      }
      simulator.hunting = (query, tenant) => {
        const results = interpreter.run(query, { ...corpusOf.get(tenant)?.tables });
        return { schema: Object.keys(results[0] ?? {}).map((name) => ({ name, type: 'String' })), results };
      };
      document = await desk.read<CheckDocument>('check');
    });
    afterAll(async () => {
      await interpreter.stop();
      await desk.close();
    });

    test('every tenant is read whole, and none used up a quota', () => {
      for (const at of tenants.keys()) {
        const { verdict, traffic } = rowOf(at);
        const seen = {
          verdict,
          coverage: traffic.coverage,
          origin: traffic.origin,
          reason: traffic.reason,
          to: traffic.to,
        };
        expect(seen).toEqual({
          verdict: 'permissive',
          coverage: 'full',
          origin: 'hunting',
          reason: null,
          to: CORPUS_END,
        });
      }
      for (const tenant of corpusOf.keys()) {
        const calls = (surface: string) => tenant.requests.filter((request) => request.surface === surface).length;
        expect({ hunting: calls('graph/hunting'), trace: calls('graph/messageTrace') }).toEqual({
          hunting: 6,
          trace: 0,
        });
      }
    });

    test('each tenant is assessed as the rules alone assess it, and its readiness follows', () => {
      for (const [at, corpus] of tenants.entries()) {
        const expected = readTenant(withoutFailures(corpus), hunt);
        const { traffic, readiness } = rowOf(at);
        const seen = traffic.sources.map((source) => pickSeen(source));
        expect({ tenant: corpus.name, sources: seen }).toEqual({
          tenant: corpus.name,
          sources: whatPeopleSee(expected),
        });
        const judged = judgeReadiness(expected, { coverage: 'full', reason: null, days: CORPUS_DAYS });
        expect(readiness).toEqual({
          verdict: judged.verdict,
          why: judged.why,
          wouldBreak: judged.wouldBreak.map(({ source }) => source),
        });
      }
    });

    test('dsw traffic and dsw readiness say the same', async () => {
      const { tenantId: id, traffic, readiness } = rowOf(0);
      expect(await desk.read('traffic', id)).toMatchObject(traffic);
      expect(await desk.read('readiness', id)).toMatchObject(readiness);
    });
  });
});
