import { domainOf, type MailRow } from '../tenant/mail-row.ts';
import type { SimulatedTenant } from '../tenant/tenant.ts';
import type { SpoofInsightRow, SpoofReportRow } from '../tenant/tenant-records.ts';
import { isRecord, parseJson } from '../wire/read-request.ts';

const DAY = 24 * 3600 * 1000;

/** Get-SpoofMailReport: what follows from the tenant's mail, one row per day, sender, source and result. */
export function reportSpoofs(tenant: SimulatedTenant): SpoofReportRow[] {
  if (tenant.spoofReport !== null) return tenant.spoofReport;
  const rows = new Map<string, SpoofReportRow>();
  for (const mail of tenant.mail) {
    if (!isSpoof(mail, tenant)) continue;
    const row = describeSpoof(mail, tenant);
    const key = JSON.stringify(row);
    rows.set(key, { ...row, Count: (rows.get(key)?.Count ?? 0) + 1 });
  }
  return [...rows.values()].sort((a, b) => Number(a.Date < b.Date) - Number(a.Date > b.Date));
}

/** Get-SpoofIntelligenceInsight: the last 30 days before `now`, one row per sender and source. */
export function summariseSpoofs(tenant: SimulatedTenant, now: Date): SpoofInsightRow[] {
  if (tenant.spoofInsight !== null) return tenant.spoofInsight;
  const since = new Date(now.getTime() - 30 * DAY).toISOString();
  const rows = new Map<string, SpoofInsightRow>();
  for (const spoof of reportSpoofs(tenant)) {
    if (spoof.Date < since.slice(0, 10)) continue;
    const key = JSON.stringify([spoof.SpoofedUser, spoof.SendingInfrastructure]);
    const before = rows.get(key);
    rows.set(key, {
      SpoofedUser: spoof.SpoofedUser,
      SendingInfrastructure: spoof.SendingInfrastructure,
      MessageCount: (before?.MessageCount ?? 0) + spoof.Count,
      LastSeen: before !== undefined && before.LastSeen > spoof.Date ? before.LastSeen : spoof.Date,
      SpoofType: spoof.SpoofType,
      Action: before?.Action === 'Allow' || spoof.Action === 'GoodMail' ? 'Allow' : 'Block',
    });
  }
  return [...rows.values()];
}

/** Spoof intelligence sees the From header (P2) only: own domain, no connector, composite authentication not passed. */
function isSpoof(mail: MailRow, tenant: SimulatedTenant): boolean {
  if (mail.EmailDirection !== 'Inbound' || mail.Connectors !== '') return false;
  return isOwn(mail.SenderFromDomain, tenant) && authentication(mail).CompAuth !== 'pass';
}

function isOwn(domain: string, { acceptedDomains }: SimulatedTenant): boolean {
  return acceptedDomains.some(({ DomainName, MatchSubDomains }) => {
    const own = DomainName.toLowerCase();
    return domain === own || (MatchSubDomains && domain.endsWith(`.${own}`));
  });
}

function describeSpoof(mail: MailRow, tenant: SimulatedTenant): SpoofReportRow {
  const ip = mail.SenderIPv4 || mail.SenderIPv6;
  const pointer = tenant.pointers.get(ip) ?? '';
  const { SPF = '', DKIM = '', DMARC = '', CompAuth = '' } = authentication(mail);
  return {
    Date: `${mail.Timestamp.slice(0, 10)}T00:00:00`,
    EventType: 'SpoofMail',
    Direction: 'Inbound',
    Domain: domainOf(mail.SenderFromAddress),
    Action: mail.DeliveryAction === 'Delivered' ? 'GoodMail' : 'CaughtAsSpam',
    SpoofedUser: mail.SenderFromAddress,
    TrueSender: pointer,
    SendingInfrastructure: pointer || ip,
    SenderIP: pointer === '' ? ip : '',
    Count: 0,
    SpoofType: 'Internal',
    Source: 'Spoof intelligence',
    Result: CompAuth,
    ResultCode: CompAuth === 'fail' ? '601' : '',
    SPF,
    DKIM,
    DMARC,
  };
}

function authentication(mail: MailRow): Partial<Record<'SPF' | 'DKIM' | 'DMARC' | 'CompAuth', string>> {
  const details = parseJson(mail.AuthenticationDetails);
  return isRecord(details) ? details : {};
}
