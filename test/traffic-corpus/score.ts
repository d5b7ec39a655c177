/** How well something finds forged sources, counted by source and class. */
export interface Score {
  readonly name: string;
  readonly hits: number;
  readonly missed: number;
  readonly falseAlarms: number;
}

/** Precision, recall and F1 of a score; a share of nothing is 0. */
export function rate({ hits, missed, falseAlarms }: Score): { precision: number; recall: number; f1: number } {
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  return {
    precision: share(hits, hits + falseAlarms),
    recall: share(hits, hits + missed),
    f1: share(2 * hits, 2 * hits + missed + falseAlarms),
  };
}
