import { parseArgs } from 'node:util';
import { answerHunting } from '../simulator/graph/hunting-engine.ts';
import { evaluateCorpus } from '../test/traffic-corpus/evaluate-corpus.ts';
import { CORPUS_PARTS, generateCorpus } from '../test/traffic-corpus/generate-corpus.ts';
import type { Hunt } from '../test/traffic-corpus/read-tenant.ts';
import { printEvaluation, printMistakes } from './print-evaluation.ts';

const { values } = parseArgs({
  options: {
    tenants: { type: 'string', default: '200' },
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

for (const part of CORPUS_PARTS) {
  if (values.part !== undefined && values.part !== part) continue;
  const tenants = generateCorpus(part, Number(values.tenants), values.seed);
  const evaluation = evaluateCorpus(tenants, hunt, new Set(values.without));
  printEvaluation(`${part} (seed ${values.seed})`, evaluation);
  if (values.mistakes) printMistakes(evaluation);
}
