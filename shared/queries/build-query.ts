import type { Instant } from '../core/time.ts';
import type { OwnDomains } from '../core/traffic/own-domains.ts';
import afterDeliveryByDay from './after-delivery-by-day.kql';
import neighbours from './neighbours.kql';
import ownMail from './own-mail.kql';
import payloadByDay from './payload-by-day.kql';
import returnedByDay from './returned-by-day.kql';
import signIns from './sign-ins.kql';
import trafficByDay from './traffic-by-day.kql';

/** The hunting queries. The ones `by-day` are stored per day; the other two describe addresses over their whole period. */
export const QUERY_NAMES = [
  'traffic-by-day',
  'payload-by-day',
  'after-delivery-by-day',
  'returned-by-day',
  'neighbours',
  'sign-ins',
] as const;

export type QueryName = (typeof QUERY_NAMES)[number];

/** The time that a query looks at; `start` inclusive, `end` exclusive. Queries by day want whole UTC days. */
export interface QueryPeriod {
  readonly start: Instant;
  readonly end: Instant;
}

/** An answer of this many rows was cut off by the service: read a shorter period. */
export const ROW_LIMIT = 100_000;

const TEXTS: Readonly<Record<QueryName, string>> = {
  'traffic-by-day': withOwnMail(trafficByDay),
  'payload-by-day': withOwnMail(payloadByDay),
  'after-delivery-by-day': withOwnMail(afterDeliveryByDay),
  'returned-by-day': withOwnMail(returnedByDay),
  neighbours,
  'sign-ins': signIns,
};

const LITERAL = /^[\p{L}\p{N}\p{M}.-]+$/u;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,7})?Z$/;

/**
 * The text of a query for one tenant. The first line names the query. Throws when a domain or a moment is not of the strict
 * form that cannot end a KQL literal; domains come from `checkDomains`, which lets nothing else through.
 */
export function buildQuery(name: QueryName, own: OwnDomains, { start, end }: QueryPeriod): string {
  if (own.exact.length === 0)
    throw new Error('No accepted domain is a valid host name: there is nothing to query for.');
  const texts: Readonly<Record<string, string>> = {
    __OWN__: `[${own.exact.map((domain) => `"${literal(domain, LITERAL)}"`).join(', ')}]`,
    __BELOW__: own.roots.length === 0 ? '^-$' : String.raw`\.(?:${own.roots.map(toPattern).join('|')})$`,
    __START__: literal(start, MOMENT),
    __END__: literal(end, MOMENT),
  };
  return TEXTS[name].replace(/__[A-Z]+__/g, (mark) => texts[mark] ?? mark);
}

function toPattern(domain: string): string {
  return literal(domain, LITERAL).replaceAll('.', String.raw`\.`);
}

function literal(text: string, form: RegExp): string {
  if (!form.test(text))
    throw new Error(`Refused to put ${JSON.stringify(text)} into a query: it is not of a safe form.`);
  return text;
}

function withOwnMail(query: string): string {
  const [name = '', ...rest] = query.split('\n');
  return [name, ownMail, ...rest].join('\n');
}
