import type { TrafficGap } from '../../core/alerts/traffic-gap.ts';
import { describeError } from '../../core/setting/interpret-answer.ts';
import type { Endpoints } from '../config/settings.ts';
import type { HttpRequest } from '../http/send-request.ts';
import { addressesOf } from './clouds.ts';
import { invokeCommand } from './exchange-ways.ts';
import { type AskingTools, type ExchangeOutcome, sendToExchange, type TimeBudget } from './send-to-exchange.ts';
import type { SignIn, SignInTarget } from './sign-in.ts';

export type CmdletRow = Readonly<Record<string, unknown>>;

/** The rows of a cmdlet, or why there are none; `truncated`: there were more pages than are read. */
export type CmdletResult =
  | { readonly ok: true; readonly rows: readonly CmdletRow[]; readonly truncated: boolean }
  | { readonly ok: false; readonly gap: TrafficGap; readonly detail: string };

export interface CmdletTools extends AskingTools {
  readonly signIn: SignIn;
  readonly endpoints: Endpoints;
}

const LARGEST_ANSWER = 16 * 1024 * 1024;
const MOST_PAGES = 50;

/** Runs one reading cmdlet in a tenant through InvokeCommand, all its pages. Never throws. */
export async function runCmdlet(
  tenant: SignInTarget,
  cmdlet: string,
  parameters: Readonly<Record<string, unknown>>,
  budget: TimeBudget,
  tools: CmdletTools,
): Promise<CmdletResult> {
  const signedIn = await tools.signIn.token(tenant, 'exchange', budget.signal);
  if (!signedIn.ok) {
    const { reason, detail } = signedIn.finding;
    const gap = reason === 'network' ? 'network' : reason === 'throttled' ? 'quota' : 'permission-missing';
    return { ok: false, gap: reason === 'service-error' ? 'service-error' : gap, detail };
  }
  const { exchange } = addressesOf(tenant.cloud, tools.endpoints);
  const rows: CmdletRow[] = [];
  let request: HttpRequest = invokeCommand(tenant.id, exchange, cmdlet, parameters);
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const call = { request, token: signedIn.token, configuredUrl: exchange, largestAnswer: LARGEST_ANSWER };
    const answer = readPage(await sendToExchange(call, budget, tools));
    if (!answer.ok) return answer;
    rows.push(...answer.rows);
    if (answer.next === null) return { ok: true, rows, truncated: false };
    // A next page is asked for with the same body; the bearer stays on the configured host.
    if (new URL(answer.next).origin !== exchange) return { ok: true, rows, truncated: true };
    request = { ...request, url: answer.next };
  }
  return { ok: true, rows, truncated: true };
}

type Page =
  | { readonly ok: true; readonly rows: readonly CmdletRow[]; readonly next: string | null }
  | { readonly ok: false; readonly gap: TrafficGap; readonly detail: string };

function readPage(outcome: ExchangeOutcome): Page {
  switch (outcome.kind) {
    case 'failed':
      return { ok: false, gap: outcome.cause === 'network' ? 'network' : 'service-error', detail: outcome.fault };
    case 'redirect-refused':
      return { ok: false, gap: 'service-error', detail: outcome.why };
    case 'answer':
      return readAnswer(outcome.status, outcome.body);
  }
}

function readAnswer(status: number, body: string): Page {
  if (status !== 200) {
    const detail = `Exchange answered ${status}: ${describeError(body) ?? 'no text'}`;
    const denied = /not present in the role definition|isn't supported in this scenario/i.test(detail);
    if (status === 401 || status === 403 || denied) return { ok: false, gap: 'permission-missing', detail };
    return { ok: false, gap: status === 429 ? 'quota' : 'service-error', detail };
  }
  try {
    const parsed = JSON.parse(body) as { value?: unknown; error?: unknown; '@odata.nextLink'?: unknown };
    const failed = parsed.error !== undefined && parsed.error !== null;
    if (failed)
      return {
        ok: false,
        gap: 'service-error',
        detail: `Exchange answered 200 with an error: ${describeError(body) ?? ''}`,
      };
    const rows = Array.isArray(parsed.value) ? parsed.value.filter(isRow) : [];
    const next = parsed['@odata.nextLink'];
    return { ok: true, rows, next: typeof next === 'string' && URL.canParse(next) ? next : null };
  } catch {
    return { ok: false, gap: 'service-error', detail: 'Exchange answered 200 with broken JSON' };
  }
}

function isRow(value: unknown): value is CmdletRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
