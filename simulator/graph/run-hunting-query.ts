import type { SimulatedTenant } from '../tenant/tenant.ts';
import { type HttpRequest, isRecord, parseJson } from '../wire/read-request.ts';
import { type Answer, json } from '../wire/reply.ts';
import { graphError, unresolvedTable } from './graph-errors.ts';

/** What an engine makes of a query. */
export type HuntingResult =
  | { readonly schema: readonly HuntingColumn[]; readonly results: readonly Readonly<Record<string, unknown>>[] }
  | { readonly status: number; readonly code: string; readonly message: string };

export interface HuntingColumn {
  readonly name: string;
  /** A type of advanced hunting: String, Int64, DateTime, SByte (for bool), Object … */
  readonly type: string;
}

/** Runs KQL over a tenant's data. Licence, permission and quota were checked before. */
export type HuntingEngine = (query: string, tenant: SimulatedTenant) => HuntingResult | Promise<HuntingResult>;

const MAIL_TABLES = /\b(EmailEvents|EmailAttachmentInfo|EmailUrlInfo|EmailPostDeliveryEvents)\b/;
const TIMESPAN = /^(P(?=.)(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?|[\dT:.Z-]+\/[\dT:.Z-]+)$/;

/** What the service does not accept about a hunting request; null when it is well formed. */
export function findHuntingFault({ body }: HttpRequest): string | null {
  const parsed = parseJson(body);
  if (!isRecord(parsed) || typeof parsed.Query !== 'string') return 'no Query';
  const { Query, Timespan, ...rest } = parsed;
  if (Object.keys(rest).length > 0) return `unknown properties ${Object.keys(rest).join(', ')}`;
  if (Query.trim() === '') return 'an empty Query';
  const readable = Timespan === undefined || (typeof Timespan === 'string' && TIMESPAN.test(Timespan));
  return readable ? null : 'a Timespan that is no ISO 8601 duration or interval';
}

/** Runs a well-formed request: the mail tables exist only with Defender for Office 365 Plan 2. */
export async function runHuntingQuery(
  request: HttpRequest,
  tenant: SimulatedTenant,
  engine: HuntingEngine,
): Promise<Answer> {
  const parsed = parseJson(request.body);
  const query = isRecord(parsed) ? String(parsed.Query) : '';
  const table = MAIL_TABLES.exec(query)?.[1];
  if (table !== undefined && !tenant.defenderPlan2) return unresolvedTable(table);
  const result = await engine(query, tenant);
  return 'status' in result ? graphError(result.status, result.code, result.message) : json(200, result);
}

const PRINT = /^\s*print\s+(\w+)\s*=\s*(?:(-?\d+)|"([^"]*)")\s*$/;

/** The engine that is there by default: it knows `print x=1` and nothing else, and says so. */
export function answerProbes(query: string): HuntingResult {
  const [, name, number, text] = PRINT.exec(query) ?? [];
  if (name === undefined) {
    const message = 'The simulator runs no KQL: set `sim.hunting` to an engine that does.';
    return { status: 501, code: 'NotImplemented', message };
  }
  return number === undefined
    ? { schema: [{ name, type: 'String' }], results: [{ [name]: text }] }
    : { schema: [{ name, type: 'Int64' }], results: [{ [name]: Number(number) }] };
}
