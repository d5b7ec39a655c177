import type { TrafficGap } from '../../core/alerts/traffic-gap.ts';
import { decideRedirect } from '../../core/setting/decide-redirect.ts';
import { describeError } from '../../core/setting/interpret-answer.ts';
import type { Endpoints } from '../config/settings.ts';
import type { HttpRequest } from '../http/send-request.ts';
import { addressesOf } from './clouds.ts';
import { invokeCommand } from './exchange-ways.ts';
import { type AskingTools, type ExchangeOutcome, sendToExchange, type TimeBudget } from './send-to-exchange.ts';
import type { SignIn, SignInTarget } from './sign-in.ts';

export type CmdletRow = Readonly<Record<string, unknown>>;

/**
 * The rows of a cmdlet, or why there are none. `truncated`: there were more pages than are read. `absent`: the service does not
 * know the cmdlet, or answered without what it gives.
 */
export type CmdletResult =
  | { readonly ok: true; readonly rows: readonly CmdletRow[]; readonly truncated: boolean }
  | ({ readonly ok: false } & CmdletFault);

interface CmdletFault {
  readonly gap: TrafficGap;
  readonly detail: string;
  readonly absent: boolean;
}

export interface CmdletTools extends AskingTools {
  readonly signIn: SignIn;
  readonly endpoints: Endpoints;
}

const LARGEST_ANSWER = 16 * 1024 * 1024;
const MOST_PAGES = 50;

/** Runs one reading cmdlet in a tenant through InvokeCommand, all its pages. Never throws. */
export function runCmdlet(
  tenant: SignInTarget,
  cmdlet: string,
  parameters: Readonly<Record<string, unknown>>,
  budget: TimeBudget,
  tools: CmdletTools,
): Promise<CmdletResult> {
  return readPages(tenant, (exchange) => invokeCommand(tenant.id, exchange, cmdlet, parameters), budget, tools);
}

/** Asks the Admin API for the accepted domains: the official second way, in preview (sheet exchange-and-graph, section 3). Never throws. */
export function askAdminApiForDomains(
  tenant: SignInTarget,
  budget: TimeBudget,
  tools: CmdletTools,
): Promise<CmdletResult> {
  const request = (exchange: string): HttpRequest => ({
    ...invokeCommand(tenant.id, exchange, 'Get-AcceptedDomain', { ResultSize: 'Unlimited' }),
    url: `${exchange}/adminapi/v2.0/${tenant.id}/AcceptedDomain`,
  });
  return readPages(tenant, request, budget, tools);
}

async function readPages(
  tenant: SignInTarget,
  firstRequest: (exchange: string) => HttpRequest,
  budget: TimeBudget,
  tools: CmdletTools,
): Promise<CmdletResult> {
  const signedIn = await tools.signIn.token(tenant, 'exchange', budget.signal);
  if (!signedIn.ok) {
    const { reason, detail } = signedIn.finding;
    const gap = reason === 'network' ? 'network' : reason === 'throttled' ? 'quota' : 'permission-missing';
    return { ok: false, gap: reason === 'service-error' ? 'service-error' : gap, detail, absent: false };
  }
  const { exchange } = addressesOf(tenant.cloud, tools.endpoints);
  const rows: CmdletRow[] = [];
  let request = firstRequest(exchange);
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const call = { request, token: signedIn.token, configuredUrl: exchange, largestAnswer: LARGEST_ANSWER };
    const answer = readPage(await sendToExchange(call, budget, tools));
    if (!answer.ok) return answer;
    for (const row of answer.rows) rows.push(row);
    if (answer.next === null) return { ok: true, rows, truncated: false };
    // A next page is asked for with the same body. The bearer goes where it may go after a redirect, and nowhere else.
    const next = decideRedirect(request.url, answer.next, exchange, []);
    if (!next.follow) return { ok: true, rows, truncated: true };
    request = { ...request, url: next.url };
  }
  return { ok: true, rows, truncated: true };
}

type Page =
  | { readonly ok: true; readonly rows: readonly CmdletRow[]; readonly next: string | null }
  | ({ readonly ok: false } & CmdletFault);

function readPage(outcome: ExchangeOutcome): Page {
  switch (outcome.kind) {
    case 'failed':
      return fail(outcome.cause === 'network' ? 'network' : 'service-error', outcome.fault);
    case 'redirect-refused':
      return fail('service-error', outcome.why);
    case 'answer':
      return readAnswer(outcome.status, outcome.body);
  }
}

function readAnswer(status: number, body: string): Page {
  if (status !== 200) {
    const detail = `Exchange answered ${status}: ${describeError(body) ?? 'no text'}`;
    const denied = /not present in the role definition|isn't supported in this scenario/i.test(detail);
    if (status === 401 || status === 403 || denied) return fail('permission-missing', detail);
    return fail(status === 429 ? 'quota' : 'service-error', detail, status === 400 || status === 404);
  }
  try {
    const parsed = JSON.parse(body.replace(/^\uFEFF/, '')) as {
      value?: unknown;
      error?: unknown;
      '@odata.nextLink'?: unknown;
    };
    const failed = parsed.error !== undefined && parsed.error !== null;
    if (failed) return fail('service-error', `Exchange answered 200 with an error: ${describeError(body) ?? ''}`);
    // `value` is null beside warnings: that says nothing, as against an empty list.
    const { value = Array.isArray(parsed) ? parsed : undefined, '@odata.nextLink': next } = parsed;
    const list = isRow(value) ? [value] : value;
    if (!Array.isArray(list)) return fail('service-error', 'Exchange answered 200 without a list of objects', true);
    return { ok: true, rows: list.filter(isRow), next: typeof next === 'string' ? next : null };
  } catch {
    return fail('service-error', 'Exchange answered 200 with broken JSON');
  }
}

function fail(gap: TrafficGap, detail: string, absent = false): Extract<Page, { ok: false }> {
  return { ok: false, gap, detail, absent };
}

function isRow(value: unknown): value is CmdletRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
