import { judgeReadiness } from '../../shared/core/posture/judge-readiness.ts';
import { contains, sourceOf } from '../../shared/core/traffic/address-block.ts';
import type { AssessedSource } from '../../shared/core/traffic/assessed-source.ts';
import { CORPUS_DAYS, type CorpusTenant, type Label } from './corpus-tenant.ts';
import { PUBLISHED_QUERIES } from './published-queries.ts';
import { type Hunt, readTenant } from './read-tenant.ts';
import type { Score } from './score.ts';

/** What an evaluation found. */
export interface Evaluation {
  readonly tenants: number;
  readonly sources: { readonly spoof: number; readonly legitimate: number };
  readonly ours: Score;
  readonly published: readonly Score[];
  /** Sources that were left to a person, by truth. */
  readonly reviewed: { readonly spoof: number; readonly legitimate: number };
  /** Honest Direct Send sources, and how many of them readiness named. */
  readonly breaking: { readonly named: number; readonly all: number };
  /** Tenants by what readiness said and what was true. */
  readonly readiness: { readonly falselyReady: number; readonly ready: number; readonly needlesslyNot: number };
  /** Sources that were wrong, with their kind: for looking at, in the development part only. */
  readonly mistakes: readonly Mistake[];
}

export interface Mistake {
  readonly tenant: string;
  readonly label: Label;
  readonly source: AssessedSource | null;
}

/** Reads every tenant through the product and the published queries, and compares with what is true. */
export function evaluateCorpus(
  tenants: readonly CorpusTenant[],
  hunt: Hunt,
  withheld: ReadonlySet<string> = new Set(),
): Evaluation {
  const mistakes: Mistake[] = [];
  const found = tenants.map((tenant) => {
    const assessed = readTenant(tenant, hunt, withheld);
    const judged = [...tenant.labels.values()].map((label) => ({ label, source: findSource(assessed, label) }));
    for (const { label, source } of judged) {
      const isAlarm = source?.assessment === 'likely-spoof';
      if (isAlarm !== (label.truth === 'spoof')) mistakes.push({ tenant: tenant.name, label, source });
    }
    const readiness = judgeReadiness(assessed, { coverage: 'full', reason: null, days: CORPUS_DAYS });
    const breaking = judged.filter(({ label }) => label.class === 'direct-send' && label.truth === 'legitimate');
    const named = new Set(readiness.wouldBreak.map(({ source }) => source));
    return { tenant, judged, readiness, breaking, named };
  });
  const judged = found.flatMap((one) => one.judged);
  const count = (truth: Label['truth'], test: (source: AssessedSource | null) => boolean) =>
    judged.filter(({ label, source }) => label.truth === truth && test(source)).length;
  const isAlarm = (source: AssessedSource | null) => source?.assessment === 'likely-spoof';
  const isLeft = (source: AssessedSource | null) => source?.assessment === 'needs-review';
  const breaking = found.flatMap(({ breaking: sources, named }) =>
    sources.map(({ source }) => named.has(source?.source ?? '')),
  );
  return {
    tenants: tenants.length,
    sources: { spoof: count('spoof', () => true), legitimate: count('legitimate', () => true) },
    ours: {
      name: 'this product',
      hits: count('spoof', isAlarm),
      missed: count('spoof', (source) => !isAlarm(source)),
      falseAlarms: count('legitimate', isAlarm),
    },
    published: scorePublished(tenants),
    reviewed: { spoof: count('spoof', isLeft), legitimate: count('legitimate', isLeft) },
    breaking: { named: breaking.filter(Boolean).length, all: breaking.length },
    readiness: {
      falselyReady: found.filter((one) => one.readiness.verdict === 'ready' && one.breaking.length > 0).length,
      ready: found.filter((one) => one.readiness.verdict === 'ready' && one.breaking.length === 0).length,
      needlesslyNot: found.filter((one) => one.readiness.verdict !== 'ready' && one.breaking.length === 0).length,
    },
    mistakes,
  };
}

/** The assessed source that a label speaks of. */
export function findSource(assessed: readonly AssessedSource[], label: Label): AssessedSource | null {
  return (
    assessed.find(
      ({ key, class: kind }) => kind === label.class && (key === label.address || contains(key, label.address)),
    ) ?? null
  );
}

/** A published query flags addresses, without a class; it gets the credit for either class of a forged address. */
function scorePublished(tenants: readonly CorpusTenant[]): Score[] {
  return PUBLISHED_QUERIES.map(({ name, flags }) => {
    let [hits, missed, falseAlarms] = [0, 0, 0];
    for (const tenant of tenants) {
      const flagged = new Set<string>();
      for (const row of tenant.tables.EmailEvents) {
        if (!flags(row, tenant)) continue;
        const source = sourceOf(String(row.SenderIPv4 || row.SenderIPv6 || ''));
        if (source !== null) flagged.add(source);
      }
      const spoofs = new Set(
        [...tenant.labels.values()].filter(({ truth }) => truth === 'spoof').map(({ address }) => sourceOf(address)),
      );
      for (const source of flagged) if (!spoofs.has(source)) falseAlarms += 1;
      for (const source of spoofs) {
        if (flagged.has(source ?? '')) hits += 1;
        else missed += 1;
      }
    }
    return { name, hits, missed, falseAlarms };
  });
}
