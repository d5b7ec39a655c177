import type { TrafficGap } from '../core/alerts/traffic-gap.ts';
import { wordsIn } from '../core/alerts/words/words.ts';
import type { CheckedTenant } from '../core/schemas.ts';
import type { Finding, Reading, Reason } from '../core/setting/reading.ts';
import type { Services } from './services.ts';
import { type FixContext, fixForGap, fixForReason } from './word-fix.ts';

type Unknown = Finding & { verdict: 'unknown' };
type Fault = { readonly gap: TrafficGap; readonly detail: string };

/** Small questions to the outside; null means that it works. */
export interface Examiner {
  signIn(tenant: CheckedTenant): Promise<Unknown | null>;
  hunting(tenant: CheckedTenant): Promise<Fault | null>;
  messageTrace(tenant: CheckedTenant): Promise<Fault | null>;
  audit(tenant: CheckedTenant): Promise<Fault | 'audit-disabled' | null>;
  /** How far our clock is ahead, in milliseconds; null when nobody could be asked. */
  clockSkew(): Promise<number | null>;
}

/** One line of a diagnosis. `skipped`: something else has to work first. `optional` ones take nothing else along. */
export interface Diagnosis {
  readonly what: string;
  readonly outcome: 'works' | 'missing' | 'skipped';
  readonly optional: boolean;
  readonly why: string;
  readonly fix: string;
}

/** Goes through everything that reading one tenant needs, in the order in which one thing depends on another. */
export async function diagnoseTenant(
  services: Pick<Services, 'readSetting'>,
  examiner: Examiner,
  tenant: CheckedTenant,
  context: FixContext,
): Promise<Diagnosis[]> {
  const signIn = await examiner.signIn(tenant);
  const reading = signIn === null ? await services.readSetting(tenant) : null;
  const lines = [...diagnoseAccess(signIn, reading, context)];
  const reachable = signIn === null || signIn.reason === 'role-missing' || signIn.reason === 'exchange-unavailable';
  const hunting = reachable ? await examiner.hunting(tenant) : 'skipped';
  lines.push(describeGap('hunting', 'ThreatHunting.Read.All', hunting, context));
  const trace = reachable ? await examiner.messageTrace(tenant) : 'skipped';
  lines.push(describeGap('message trace', 'ExchangeMessageTrace.Read.All', trace, context));
  lines.push(describeAudit(reachable ? await examiner.audit(tenant) : 'skipped', context));
  return lines;
}

/** What can be said without asking for one tenant's setting: our credential, seen through any tenant. */
export async function diagnoseCredential(
  examiner: Examiner,
  tenant: CheckedTenant,
  context: FixContext,
): Promise<Diagnosis[]> {
  const signIn = await examiner.signIn(tenant);
  const atFault = signIn !== null && UNANSWERED.has(signIn.reason);
  return diagnoseAccess(signIn, null, context).slice(0, atFault ? 2 : 1);
}

const ACCESS = ['credential', 'sign-in', 'consent', 'Exchange role', 'setting'] as const;

/** Which step a reason belongs to; everything before it works, everything after it could not be tried. */
const STEP_OF_REASON: Readonly<Record<Reason, (typeof ACCESS)[number]>> = {
  'credential-rejected': 'credential',
  network: 'sign-in',
  'service-error': 'sign-in',
  throttled: 'sign-in',
  'tenant-not-found': 'sign-in',
  'blocked-by-policy': 'sign-in',
  'consent-missing': 'consent',
  'role-missing': 'Exchange role',
  'exchange-unavailable': 'setting',
  'setting-not-returned': 'setting',
  'redirect-refused': 'setting',
  'cloud-not-supported': 'setting',
  'unexpected-response': 'setting',
};

/** When sign-in ends like this, nobody has looked at our credential. */
const UNANSWERED: ReadonlySet<Reason> = new Set(['network', 'service-error', 'throttled']);

function diagnoseAccess(signIn: Unknown | null, reading: Reading | null, context: FixContext): Diagnosis[] {
  const fault = signIn ?? (reading?.verdict === 'unknown' ? reading : null);
  const verdict =
    reading !== null && reading.verdict !== 'unknown' ? `RejectDirectSend is ${reading.verdict === 'enforced'}` : '';
  if (fault === null) {
    return ACCESS.map((what) => describeLine(what, 'works', what === 'setting' ? verdict : ''));
  }
  // After a token was given, a fault of the network or the service is one of reading the setting.
  const named = STEP_OF_REASON[fault.reason];
  const failing = signIn === null && named === 'sign-in' ? 'setting' : named;
  const at = ACCESS.indexOf(failing);
  return ACCESS.map((what, index) => {
    if (index > at) return describeLine(what, 'skipped', `${failing} has to work first`);
    if (index < at) {
      if (what !== 'credential' || signIn === null) return describeLine(what, 'works', '');
      return UNANSWERED.has(signIn.reason)
        ? describeLine(what, 'skipped', 'not known: sign-in gave no answer')
        : describeLine(what, 'works', 'not refused');
    }
    const why = `${wordsIn('en').cause[fault.reason]} (${fault.detail})`;
    return describeLine(what, 'missing', why, fixForReason(fault.reason, context));
  });
}

function describeGap(
  what: string,
  permission: string,
  fault: Fault | 'skipped' | null,
  context: FixContext,
): Diagnosis {
  if (fault === null) return { ...describeLine(what, 'works', ''), optional: true };
  if (fault === 'skipped') return { ...describeLine(what, 'skipped', 'sign-in has to work first'), optional: true };
  const fix = fixForGap(fault.gap, permission, context);
  return { ...describeLine(what, 'missing', `${fault.gap}: ${fault.detail}`, fix), optional: true };
}

function describeAudit(fault: Fault | 'audit-disabled' | 'skipped' | null, context: FixContext): Diagnosis {
  if (fault !== 'audit-disabled') return describeGap('audit log', 'AuditLogsQuery-Exchange.Read.All', fault, context);
  const why = 'auditing is turned off in this tenant, so nobody can tell who changes what';
  const fix = 'Turn it on: Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true';
  return { ...describeLine('audit log', 'missing', why, fix), optional: true };
}

/** A line that is not optional. */
export function describeLine(what: string, outcome: Diagnosis['outcome'], why: string, fix = ''): Diagnosis {
  return { what, outcome, optional: false, why, fix };
}
