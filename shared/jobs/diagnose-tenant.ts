import type { TrafficGap } from '../core/alerts/traffic-gap.ts';
import { wordsIn } from '../core/alerts/words/words.ts';
import type { CheckedTenant } from '../core/schemas.ts';
import type { Finding, Reading, Reason } from '../core/setting/reading.ts';
import { MINUTE } from '../core/time.ts';
import type { Services } from './services.ts';

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

/** One line of a diagnosis. `skipped`: something before it has to work first. `optional` ones take nothing else along. */
export interface Diagnosis {
  readonly what: string;
  readonly outcome: 'works' | 'missing' | 'skipped';
  readonly optional: boolean;
  readonly why: string;
  readonly fix: string;
}

/** What a fix needs to be exact. */
export interface DiagnosisContext {
  readonly clientId: string | null;
  /** The address at which the customer's administrator consents. */
  readonly consentUrl: string | null;
}

/** Goes through everything that reading one tenant needs, in the order in which one thing depends on another. */
export async function diagnoseTenant(
  services: Services,
  examiner: Examiner,
  tenant: CheckedTenant,
  context: DiagnosisContext,
): Promise<Diagnosis[]> {
  const signIn = await examiner.signIn(tenant);
  const reading = signIn === null ? await services.readSetting(tenant) : null;
  const lines = [...diagnoseAccess(signIn, reading, context)];
  const reachable = signIn === null || signIn.reason === 'role-missing' || signIn.reason === 'exchange-unavailable';
  lines.push(
    describeGap('hunting', 'ThreatHunting.Read.All', reachable ? await examiner.hunting(tenant) : 'skipped', context),
  );
  const trace = reachable ? await examiner.messageTrace(tenant) : 'skipped';
  lines.push(describeGap('message trace', 'ExchangeMessageTrace.Read.All', trace, context));
  lines.push(describeAudit(reachable ? await examiner.audit(tenant) : 'skipped', context));
  return lines;
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

function diagnoseAccess(signIn: Unknown | null, reading: Reading | null, context: DiagnosisContext): Diagnosis[] {
  const fault = signIn ?? (reading?.verdict === 'unknown' ? reading : null);
  const verdict =
    reading !== null && reading.verdict !== 'unknown' ? `RejectDirectSend is ${reading.verdict === 'enforced'}` : '';
  if (fault === null) {
    return ACCESS.map((what) => line(what, 'works', what === 'setting' ? verdict : ''));
  }
  // After a token was given, a fault of the network or the service is one of reading the setting.
  const named = STEP_OF_REASON[fault.reason];
  const failing = signIn === null && named === 'sign-in' ? 'setting' : named;
  const at = ACCESS.indexOf(failing);
  return ACCESS.map((what, index) => {
    if (index < at) return line(what, 'works', '');
    if (index > at) return line(what, 'skipped', `${failing} has to work first`);
    const words = wordsIn('en');
    return line(what, 'missing', `${words.cause[fault.reason]} (${fault.detail})`, fixFor(fault.reason, context));
  });
}

function fixFor(reason: Reason, { clientId, consentUrl }: DiagnosisContext): string {
  const fix = wordsIn('en').fix[reason];
  if (reason === 'consent-missing' && consentUrl !== null) return `${fix} Link: ${consentUrl}`;
  if (reason === 'role-missing')
    return `${fix} As a script: infra/identity/grant-tenant.sh, for the app ${clientId ?? '(DSW_CLIENT_ID)'}.`;
  return fix;
}

function describeGap(
  what: string,
  permission: string,
  fault: Fault | 'skipped' | null,
  context: DiagnosisContext,
): Diagnosis {
  if (fault === null) return { ...line(what, 'works', ''), optional: true };
  if (fault === 'skipped') return { ...line(what, 'skipped', 'sign-in has to work first'), optional: true };
  const consent = context.consentUrl === null ? '' : ` Link: ${context.consentUrl}`;
  const fixes: Readonly<Record<TrafficGap, string>> = {
    'not-read': '',
    'licence-missing':
      'Needs Defender for Office 365 Plan 2. Without it, traffic comes from spoof reports and message trace.',
    'permission-missing': `Let the customer's administrator consent to ${permission}.${consent}`,
    provisioning:
      'Create the service principal of message trace: New-MgServicePrincipal -AppId 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373. It takes up to 24 hours.',
    quota: 'The quota of this tenant is used up; try again in 15 minutes.',
    'service-error': 'Look at the Microsoft 365 service health and try again.',
    network: 'Check DNS, proxy and firewall on the way to Microsoft Graph.',
    'not-supported': 'Not offered in this cloud.',
  };
  return { ...line(what, 'missing', `${fault.gap}: ${fault.detail}`, fixes[fault.gap]), optional: true };
}

function describeAudit(fault: Fault | 'audit-disabled' | 'skipped' | null, context: DiagnosisContext): Diagnosis {
  if (fault !== 'audit-disabled') return describeGap('audit log', 'AuditLogsQuery-Exchange.Read.All', fault, context);
  const { noRecordWhy, noRecordFix } = AUDIT_OFF;
  return { ...line('audit log', 'missing', noRecordWhy, noRecordFix), optional: true };
}

const AUDIT_OFF = {
  noRecordWhy: 'auditing is turned off in this tenant, so nobody can tell who changes what',
  noRecordFix: 'Turn it on: Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true',
};

/** How far clocks may differ before sign-in assertions and alert windows go wrong. */
const MOST_SKEW = 2 * MINUTE;

/** What does not belong to one tenant: channels, storage, clock. */
export async function diagnoseOurselves(services: Services, examiner: Examiner): Promise<Diagnosis[]> {
  const lines: Diagnosis[] = [];
  for (const channel of await services.registry.channels()) {
    const problem = await services.channels.check(channel);
    const broken = (await services.mailbox.pace(channel.id))?.value.broken ?? null;
    const what = `channel ${channel.id}`;
    if (problem !== null) lines.push(line(what, 'missing', problem, 'See docs/connect-teams.md.'));
    else if (broken !== null) {
      const fix = wordsIn('en').faultFix[broken.cause];
      lines.push(
        line(
          what,
          'missing',
          `refuses messages since ${broken.since}: ${broken.detail}`,
          `${fix} Then: dsw alerts test ${channel.id}`,
        ),
      );
    } else lines.push(line(what, 'works', `not sent to now; try it: dsw alerts test ${channel.id}`));
  }
  lines.push(line('storage', 'works', 'tables and queues answer'));
  const skew = await examiner.clockSkew();
  if (skew === null) lines.push(line('clock', 'skipped', 'the sign-in service did not tell its time'));
  else if (Math.abs(skew) > MOST_SKEW) {
    const away = `${Math.round(Math.abs(skew) / 1000)} s ${skew > 0 ? 'ahead of' : 'behind'} the sign-in service`;
    lines.push(
      line(
        'clock',
        'missing',
        `this machine is ${away}`,
        'Synchronise it (NTP): sign-in and time windows depend on it.',
      ),
    );
  } else lines.push(line('clock', 'works', ''));
  return lines;
}

function line(what: string, outcome: Diagnosis['outcome'], why: string, fix = ''): Diagnosis {
  return { what, outcome, optional: false, why, fix };
}
