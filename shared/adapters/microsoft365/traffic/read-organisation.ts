import type { TrafficGap } from '../../../core/alerts/traffic-gap.ts';
import { type InboundConnector, parseInboundConnector } from '../../../core/posture/inbound-connector.ts';
import { checkDomains, type OwnDomains } from '../../../core/traffic/own-domains.ts';
import type { CmdletResult } from '../run-cmdlet.ts';
import { readAcceptedDomain, toConnectorRow } from './normalise-rows.ts';

/** Runs a cmdlet in the tenant that is read. */
export type Cmdlet = (name: string, parameters: Readonly<Record<string, unknown>>) => Promise<CmdletResult>;

interface Gap {
  readonly gap: TrafficGap;
  readonly detail: string;
}

/** The tenant's own domains; `missing` says why some of them may not be among them, null when all are. */
export type DomainsRead =
  | { readonly ok: true; readonly own: OwnDomains; readonly missing: Gap | null }
  | ({ readonly ok: false } & Gap);

/** What is known of a tenant's domains before it is asked. */
export interface KnownDomains {
  /** From the last reading; `whole`: they were the tenant's own list then. */
  readonly before: { readonly own: OwnDomains; readonly whole: boolean } | null;
  /** As the registry lists them. */
  readonly registered: readonly string[];
}

/**
 * Reads the accepted domains; by the second way where the first one does not know them any more. Where the tenant does not tell
 * them, those of the last reading or of the registry carry on.
 */
export async function readDomains(
  cmdlet: Cmdlet,
  secondWay: () => Promise<CmdletResult>,
  known: KnownDomains,
): Promise<DomainsRead> {
  const first = await cmdlet('Get-AcceptedDomain', {});
  const second = !first.ok && first.absent ? await secondWay() : null;
  const answer = second?.ok ? second : first;
  const accepted = answer.ok ? answer.rows.map(readAcceptedDomain).filter((one) => one !== null) : [];
  const told = checkDomains(accepted);
  if (answer.ok && told.exact.length > 0) {
    const cut = { gap: 'service-error', detail: 'the list of accepted domains was cut off' } as const;
    return { ok: true, own: told, missing: answer.truncated ? cut : null };
  }
  const fault: Gap = answer.ok
    ? { gap: 'service-error', detail: 'the tenant names no accepted domain that is a host name' }
    : { gap: answer.gap, detail: answer.detail };
  if (known.before !== null) return { ok: true, own: known.before.own, missing: known.before.whole ? null : fault };
  const registered = checkDomains(known.registered.map((name) => ({ name, matchSubdomains: false })));
  if (registered.exact.length === 0) return { ok: false, ...fault };
  const detail = `accepted domains could not be read, only those of the registry were looked for: ${fault.detail}`;
  return { ok: true, own: registered, missing: { gap: fault.gap, detail } };
}

/** Reads the inbound connectors; null when they, or what one of them does, could not be read. */
export async function readConnectors(cmdlet: Cmdlet): Promise<InboundConnector[] | null> {
  const answer = await cmdlet('Get-InboundConnector', {});
  if (!answer.ok || answer.truncated) return null;
  const rows = answer.rows.map(toConnectorRow);
  const connectors = rows.map((row) => row && parseInboundConnector(row));
  return connectors.includes(null) ? null : connectors.filter((one) => one !== null);
}
