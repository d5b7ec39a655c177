import type { TraceRow } from '../tenant/tenant-records.ts';

/** A message trace query that is understood, or why it is not. */
export type TraceQuery =
  | { readonly kind: 'fault'; readonly why: string }
  | { readonly kind: 'query'; readonly matches: (row: TraceRow) => boolean; readonly top: number };

const HOUR = 3600 * 1000;
const DAY = 24 * HOUR;
const INSTANT = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ';
const BOUND = new RegExp(`^receivedDateTime (ge|le) (${INSTANT})$`);
const EQUAL = /^(id|senderAddress|recipientAddress|messageId|fromIP|toIP|status|subject) eq '((?:[^']|'')*)'$/;
const TEXT = /^(contains|startsWith|endsWith)\(subject, ?'((?:[^']|'')*)'\)$/;

/**
 * Reads `$filter` and `$top`: a period of at most 10 days, not older than 90 days and not in the future (48 hours when
 * it is left out), one value per property. The real service silently ignores `or`; here it is a fault, to be seen.
 */
export function readTraceQuery(query: URLSearchParams, now: Date): TraceQuery {
  const top = Number(query.get('$top') ?? 1000);
  if (!Number.isInteger(top) || top < 1 || top > 5000) return fault('$top must be between 1 and 5000');
  const clauses = splitClauses(query.get('$filter') ?? '');
  const bounds: Partial<Record<'ge' | 'le', number>> = {};
  const tests: ((row: TraceRow) => boolean)[] = [];
  for (const clause of clauses) {
    const [, bound, instant] = BOUND.exec(clause) ?? [];
    if (bound === 'ge' || bound === 'le') bounds[bound] = Date.parse(instant ?? '');
    else {
      const test = readTest(clause);
      if (test === null) return fault(`the filter is not understood: ${clause}`);
      tests.push(test);
    }
  }
  const end = bounds.le ?? now.getTime();
  const begin = bounds.ge ?? end - 48 * HOUR;
  if (end > now.getTime()) return fault('the end of the period is in the future');
  if (begin > end) return fault('the period ends before it begins');
  if (end - begin > 10 * DAY) return fault('the period is longer than 10 days');
  if (begin < now.getTime() - 90 * DAY) return fault('the period begins more than 90 days ago');
  tests.push(({ receivedDateTime }) => {
    const at = Date.parse(receivedDateTime);
    return at >= begin && at <= end;
  });
  return { kind: 'query', matches: (row) => tests.every((test) => test(row)), top };
}

/** Splits at ` and ` outside of quotes. */
function splitClauses(filter: string): string[] {
  const clauses = filter.split(/ and (?=(?:[^']*'[^']*')*[^']*$)/).map((clause) => clause.trim());
  return clauses.filter((clause) => clause !== '');
}

function readTest(clause: string): ((row: TraceRow) => boolean) | null {
  const [, property, value] = EQUAL.exec(clause) ?? [];
  if (property !== undefined && value !== undefined) {
    const wanted = unquote(value);
    return (row) => row[property as keyof TraceRow].toString().toLowerCase() === wanted.toLowerCase();
  }
  const [, operator, text] = TEXT.exec(clause) ?? [];
  if (text === undefined) return null;
  const wanted = unquote(text);
  switch (operator) {
    case 'contains':
      return ({ subject }) => subject.includes(wanted);
    case 'startsWith':
      return ({ subject }) => subject.startsWith(wanted);
    default:
      return ({ subject }) => subject.endsWith(wanted);
  }
}

function unquote(text: string): string {
  return text.replaceAll("''", "'");
}

function fault(why: string): TraceQuery {
  return { kind: 'fault', why };
}
