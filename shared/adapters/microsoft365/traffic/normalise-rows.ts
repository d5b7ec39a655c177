import type { AcceptedDomain } from '../../../core/traffic/own-domains.ts';
import type { CmdletRow } from '../run-cmdlet.ts';

/*
 * Exchange writes flags as booleans, dates in ISO form and properties without spaces. It is no documented interface, so that
 * what PowerShell's other forms of output write is taken as well, in this one place.
 */

/** True or false, also written as text; null when it is neither. */
export function readFlag(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  const written = typeof value === 'string' ? value.trim().toLowerCase() : '';
  return written === 'true' ? true : written === 'false' ? false : null;
}

/** One row of `Get-AcceptedDomain`; null when it names no domain. */
export function readAcceptedDomain({ DomainName, Name, MatchSubDomains }: CmdletRow): AcceptedDomain | null {
  const name = typeof DomainName === 'string' && DomainName !== '' ? DomainName : Name;
  return typeof name === 'string' ? { name, matchSubdomains: readFlag(MatchSubDomains) === true } : null;
}

const CONNECTOR_FLAGS = [
  'RestrictDomainsToIPAddresses',
  'RestrictDomainsToCertificate',
  'TreatMessagesAsInternal',
  'CloudServicesMailEnabled',
] as const;

/** A row of `Get-InboundConnector` with its flags as booleans; null when it does not say whether it is enabled. */
export function toConnectorRow(row: CmdletRow): CmdletRow | null {
  const enabled = readFlag(row.Enabled);
  if (enabled === null) return null;
  const flags = CONNECTOR_FLAGS.map((flag) => [flag, readFlag(row[flag]) ?? row[flag]] as const);
  return { ...row, ...Object.fromEntries(flags), Enabled: enabled };
}

/** Columns of the spoof cmdlets by their letters alone: they are written with and without spaces, in any case. */
const SPOOF_COLUMNS: Readonly<Record<string, string>> = {
  date: 'Date',
  lastseen: 'LastSeen',
  direction: 'Direction',
  action: 'Action',
  spoofeduser: 'SpoofedUser',
  spoofedsender: 'SpoofedUser',
  sendinginfrastructure: 'SendingInfrastructure',
  truesender: 'TrueSender',
  senderip: 'SenderIP',
  count: 'Count',
  messagecount: 'MessageCount',
  spooftype: 'SpoofType',
  spf: 'SPF',
  dkim: 'DKIM',
  dmarc: 'DMARC',
};

/**
 * A row of `Get-SpoofMailReport` or `Get-SpoofIntelligenceInsight` under the documented names, dates in ISO form. Only inbound
 * mail was asked for, so that a row without a direction is inbound; one without a type of spoof is judged by its sender's domain.
 */
export function toSpoofRow(row: CmdletRow): CmdletRow {
  const named: Record<string, unknown> = { Direction: 'Inbound', SpoofType: 'Internal' };
  for (const [column, value] of Object.entries(row)) {
    const name = SPOOF_COLUMNS[column.toLowerCase().replace(/[^a-z]/g, '')];
    if (name !== undefined && value !== null && value !== '') named[name] = value;
  }
  named.SendingInfrastructure ??= named.TrueSender;
  return { ...named, Date: toIsoDate(named.Date), LastSeen: toIsoDate(named.LastSeen) };
}

/** `/Date(ms)/` as older JSON has it, and the American form of PowerShell's texts, both in UTC; other values stay. */
function toIsoDate(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const milliseconds = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/.exec(value.trim())?.[1];
  const american = /^\d{1,2}\/\d{1,2}\/\d{4}\b/.test(value) ? Date.parse(`${value} UTC`) : Number.NaN;
  const time = milliseconds === undefined ? american : Number(milliseconds);
  return Number.isNaN(time) ? value : new Date(time).toISOString();
}
