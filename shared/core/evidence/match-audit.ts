import type { Actor } from '../alerts/alert.ts';
import { clean } from '../setting/interpret-answer.ts';
import type { Window } from '../setting/tenant-state.ts';
import { type Instant, later, MINUTE } from '../time.ts';

/** One record of the audit log, as Graph returns it; everything in it comes from outside. */
export interface AuditRecord {
  readonly createdDateTime?: unknown;
  readonly operation?: unknown;
  readonly userPrincipalName?: unknown;
  readonly clientIp?: unknown;
  readonly auditData?: unknown;
}

/** Clocks of the audit log and of our reading may differ (sheet exchange-and-graph, section 6). */
const BEFORE_WINDOW = 15 * MINUTE;

/** The span in which a change must lie: from a little before the last enforced reading to the first permissive one. */
export function auditSpan({ notBefore, notAfter }: Window): { readonly from: Instant; readonly to: Instant } {
  return { from: later(notBefore ?? notAfter, -BEFORE_WINDOW), to: notAfter };
}

/**
 * The successful changes of `RejectDirectSend` to false within a drift's window, newest first. Usually one; several are all
 * listed, because the log does not say which of them was meant.
 */
export function matchAudit(records: readonly AuditRecord[], window: Window): Actor[] {
  const { from, to } = auditSpan(window);
  return records
    .map(readActor)
    .filter((actor) => actor !== null)
    .filter((actor) => actor.at > from && actor.at <= to)
    .sort((one, other) => (one.at < other.at ? 1 : -1));
}

function readActor(record: AuditRecord): Actor | null {
  const data = asObject(record.auditData);
  if (record.operation !== 'Set-OrganizationConfig' || !saysTrue(data.ResultStatus)) return null;
  const parameters = Array.isArray(data.Parameters) ? data.Parameters.map(asObject) : [];
  const opened = parameters.some(({ Name, Value }) => Name === 'RejectDirectSend' && saysFalse(Value));
  const time = Date.parse(withZone(String(record.createdDateTime ?? data.CreationTime ?? '')));
  if (!opened || Number.isNaN(time)) return null;
  return {
    at: new Date(time).toISOString(),
    account: textOf(record.userPrincipalName) ?? textOf(data.UserId) ?? textOf(data.UserKey) ?? 'unnamed account',
    clientIp: textOf(record.clientIp) ?? textOf(data.ClientIP),
    application: textOf(data.ClientAppId) ?? textOf(data.AppId),
    external: saysTrue(data.ExternalAccess),
  };
}

/** Audit times are UTC; some come without saying so. */
function withZone(time: string): string {
  return /(?:Z|[+-]\d\d:\d\d)$/i.test(time) ? time : `${time}Z`;
}

function saysTrue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && /^(true|succeeded)$/i.test(value));
}

function saysFalse(value: unknown): boolean {
  return value === false || (typeof value === 'string' && /^\$?false$/i.test(value));
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? clean(value) : null;
}

function asObject(value: unknown): Record<string, unknown> {
  if (typeof value === 'string' && value.startsWith('{')) {
    try {
      return asObject(JSON.parse(value));
    } catch {
      return {};
    }
  }
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
