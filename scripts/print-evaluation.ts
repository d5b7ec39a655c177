import type { Evaluation } from '../test/traffic-corpus/evaluate-corpus.ts';
import { rate, type Score } from '../test/traffic-corpus/score.ts';

/** Prints what an evaluation of one part of the corpus found, with the published queries beside it. */
export function printEvaluation(title: string, evaluation: Evaluation): void {
  const { tenants, sources, ours, published, reviewed, breaking, readiness } = evaluation;
  console.log(
    `\n${title}: ${tenants} tenants, 30 days; ${sources.spoof} forged and ${sources.legitimate} honest sources\n`,
  );
  console.log(`${'precision'.padStart(9)} ${'recall'.padStart(7)} ${'F1'.padStart(6)} ${'false alarms'.padStart(13)}`);
  for (const score of [ours, ...published]) console.log(line(score, tenants));
  const lines = [
    `false alarms per 100 tenants and month: ${((ours.falseAlarms * 100) / tenants).toFixed(1)}`,
    `left to a person: ${reviewed.spoof} of ${sources.spoof} forged, ${reviewed.legitimate} of ${sources.legitimate} honest sources`,
    `honest Direct Send sources named as breaking: ${breaking.named} of ${breaking.all} (${percent(breaking.named, breaking.all)})`,
    `readiness: ${readiness.falselyReady} falsely ready, ${readiness.ready} rightly ready, ${readiness.needlesslyNot} not called ready although nothing would break`,
  ];
  console.log(`\n  ${lines.join('\n  ')}`);
}

/** Prints every source that was called wrongly, with its reasons. */
export function printMistakes({ mistakes }: Evaluation): void {
  for (const { tenant, label, source } of mistakes) {
    const said =
      source === null
        ? 'not listed'
        : `${source.assessment} ${source.score} [${source.reasons.join(', ')}] ${source.messages} messages, ${source.days.length} days`;
    console.log(`  ${tenant} ${label.kind} (${label.truth}, ${label.class}): ${said}`);
  }
}

function line(score: Score, tenants: number): string {
  const { precision, recall, f1 } = rate(score);
  const figures = [precision.toFixed(3).padStart(9), recall.toFixed(3).padStart(7), f1.toFixed(3).padStart(6)];
  return `${figures.join(' ')} ${`${((score.falseAlarms * 100) / tenants).toFixed(0)}/100`.padStart(13)}  ${score.name}`;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)} %`;
}
