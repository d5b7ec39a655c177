import { type Finding, type Reading, unknown } from '../../core/setting/reading.ts';
import type { Instant } from '../../core/time.ts';
import type { Endpoints } from '../config/settings.ts';
import { type Asked, askExchange } from './ask-exchange.ts';
import { addressesOf, hasSetting } from './clouds.ts';
import { ADMIN_API, type ExchangeWay, INVOKE_COMMAND } from './exchange-ways.ts';
import type { AskingTools, TimeBudget } from './send-to-exchange.ts';
import type { SignIn, SignInTarget } from './sign-in.ts';

/** What reading needs: sign-in, the network, a clock, and how long one tenant may take. */
export interface ReadingTools extends AskingTools {
  readonly signIn: SignIn;
  readonly endpoints: Endpoints;
  /** Milliseconds for one tenant, sign-in and retries included. */
  readonly tenantBudget: number;
}

/**
 * Reads `RejectDirectSend` of one tenant. Never throws: what is not proven is unknown, with a reason.
 * InvokeCommand is asked first; the Admin API only when the first says that the endpoint or the property is not there.
 */
export async function readSetting(tenant: SignInTarget, tools: ReadingTools): Promise<Reading> {
  const startedAt = tools.now();
  const finish = (finding: Finding, askedAt: Instant = startedAt.toISOString(), observedAt?: Instant): Reading => ({
    ...finding,
    askedAt,
    observedAt: observedAt ?? tools.now().toISOString(),
  });
  if (!hasSetting(tenant.cloud)) {
    return finish(unknown('cloud-not-supported', `RejectDirectSend does not exist in the cloud ${tenant.cloud}`));
  }
  const budget = openBudget(startedAt.getTime() + tools.tenantBudget, tools.tenantBudget);
  try {
    const signedIn = await tools.signIn.token(tenant, 'exchange', budget.signal);
    if (!signedIn.ok) return finish(signedIn.finding);

    const ask = (way: ExchangeWay): Promise<Asked> => {
      const { exchange } = addressesOf(tenant.cloud, tools.endpoints);
      return askExchange(way.request(tenant.id, exchange), signedIn.token, exchange, budget, tools);
    };
    const first = await ask(INVOKE_COMMAND);
    const asked = first.interpretation.next === 'done' ? first : decide(first, await ask(ADMIN_API));
    const { finding } = asked.interpretation;
    // The role may have been granted a minute ago: only a new token shows it.
    if (finding.verdict === 'unknown' && finding.reason === 'role-missing') tools.signIn.forget(tenant.id);
    return finish(finding, asked.askedAt, asked.observedAt);
  } finally {
    budget.close();
  }
}

/** Whether the second way's answer counts, after the first said that the endpoint (400, 404) or the property is not there. */
function decide(first: Asked, second: Asked): Asked {
  const { finding } = second.interpretation;
  if (finding.verdict !== 'unknown') return second;
  const propertyMissing =
    first.interpretation.finding.verdict === 'unknown' &&
    first.interpretation.finding.reason === 'setting-not-returned';
  return propertyMissing || second.interpretation.next === 'ask-other-way' ? keepReason(first, second) : second;
}

function keepReason(first: Asked, second: Asked): Asked {
  const [one, two] = [first.interpretation.finding, second.interpretation.finding];
  // Both ways answered and neither gave the value: the second's answer is the more telling one.
  if (one.verdict === 'unknown' && two.verdict === 'unknown' && two.reason === 'setting-not-returned') return second;
  return first;
}

function openBudget(endsAt: number, milliseconds: number): TimeBudget & { close(): void } {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), milliseconds);
  return { signal: controller.signal, endsAt, close: () => clearTimeout(timer) };
}
