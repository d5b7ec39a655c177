import { parseArgs } from 'node:util';
import { answerHunting } from '../simulator/graph/hunting-engine.ts';
import { type Evaluation, evaluateCorpus, rate, type Score } from '../test/traffic-corpus/evaluate-corpus.ts';
import { CORPUS_PARTS, type CorpusPart, generateCorpus } from '../test/traffic-corpus/generate-corpus.ts';
import type { Hunt } from '../test/traffic-corpus/read-tenant.ts';

const { values } = parseArgs({
  options: {
    tenants: { type: 'string', default: '120' },
    seed: { type: 'string', default: 'corpus-1' },
    part: { type: 'string' },
    without: { type: 'string', multiple: true, default: [] },
    mistakes: { type: 'boolean', default: false },
  },
});

const hunt: Hunt = (query, tenant) => {
  const result = answerHunting(query, { ...tenant.tables });
  return 'status' in result ? null : result.results;
};

const parts = CORPUS_PARTS.filter((part) => values.part === undefined || values.part === part);
for (const part of parts) {
  const evaluation = evaluateCorpus(
    generateCorpus(part, Number(values.tenants), values.seed),
    hunt,
    new Set(values.without),
  );
  print(part, evaluation);
  if (values.mistakes) printMistakes(evaluation);
}

function print(part: CorpusPart, evaluation: Evaluation): void {
  const { tenants, sources, ours, published, reviewed, breaking, readiness } = evaluation;
  console.log(
    `\n${part}: ${tenants} tenants, 30 days, seed ${values.seed}; ${sources.spoof} forged and ${sources.legitimate} honest sources\n`,
  );
  console.log(`${'precision'.padStart(9)} ${'recall'.padStart(7)} ${'F1'.padStart(6)} ${'false alarms'.padStart(13)}`);
  for (const score of [ours, ...published]) console.log(line(score, tenants));
  console.log(`\n  false alarms per 100 tenants and month: ${((ours.falseAlarms * 100) / tenants).toFixed(1)}`);
  console.log(
    `  left to a person: ${reviewed.spoof} of ${sources.spoof} forged, ${reviewed.legitimate} of ${sources.legitimate} honest sources`,
  );
  console.log(
    `  honest Direct Send sources named as breaking: ${breaking.named} of ${breaking.all} (${percent(breaking.named, breaking.all)})`,
  );
  console.log(
    `  readiness: ${readiness.falselyReady} falsely ready, ${readiness.ready} rightly ready, ${readiness.needlesslyNot} not called ready although nothing would break`,
  );
}

function line(score: Score, tenants: number): string {
  const { precision, recall, f1 } = rate(score);
  const alarms = ((score.falseAlarms * 100) / tenants).toFixed(0);
  return `${precision.toFixed(3).padStart(9)} ${recall.toFixed(3).padStart(7)} ${f1.toFixed(3).padStart(6)} ${`${alarms}/100`.padStart(13)}  ${score.name}`;
}

function printMistakes({ mistakes }: Evaluation): void {
  for (const { tenant, label, source } of mistakes) {
    const said =
      source === null
        ? 'not listed'
        : `${source.assessment} ${source.score} [${source.reasons.join(', ')}] ${source.messages} messages, ${source.days.length} days`;
    console.log(`  ${tenant} ${label.kind} (${label.truth}, ${label.class}): ${said}`);
  }
}

function percent(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)} %`;
}
