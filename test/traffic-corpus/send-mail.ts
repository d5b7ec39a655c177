import { contains } from '../../shared/core/traffic/address-block.ts';
import { CORPUS_START, type CorpusTenant, type Label, type TableRow } from './corpus-tenant.ts';

/** One mail before the receiver looked at it. */
export interface Mail {
  /** Days after the start of the corpus. */
  readonly day: number;
  /** Hour of the day in UTC, with fraction. */
  readonly hour: number;
  readonly ip: string;
  /** Header From (P2). */
  readonly from: string;
  /** Envelope sender (P1); the header's when absent. */
  readonly envelope?: string;
  readonly to: readonly string[];
  readonly subject: string;
  /** Whose DKIM signature is valid on it. */
  readonly dkim?: 'own' | 'other' | 'broken';
  readonly links?: readonly string[];
  readonly qr?: string;
  readonly attachments?: readonly string[];
  /** What filters find in the content; absent: nothing. */
  readonly found?: 'phish' | 'malware' | 'doubtful';
  /** Removed after delivery. */
  readonly zapped?: boolean;
  readonly simulated?: boolean;
  readonly connector?: string;
  readonly direction?: 'Inbound' | 'Outbound' | 'Intra-org';
  readonly messageId?: string;
}

const METHODS = {
  phish: ['URL malicious reputation', 'URL detonation', 'File detonation', 'Fingerprint matching', 'Campaign'],
  malware: ['Anti-malware engine', 'File detonation'],
  doubtful: ['Advanced filter', 'General filter', 'Mixed analysis detection', 'Impersonation user'],
} as const;

/** Delivers a mail into the tenant's tables, checked and judged as the service would. */
export function sendMail(tenant: CorpusTenant, mail: Mail): void {
  const { random, tables } = tenant;
  const at = new Date(Date.parse(CORPUS_START) + (mail.day * 24 + mail.hour) * 3_600_000).toISOString();
  const id = `${random.hex(8)}-${random.hex(4)}-${random.hex(4)}-${random.hex(12)}`;
  const direction = mail.direction ?? 'Inbound';
  const checks = direction === 'Inbound' ? authenticate(tenant, mail) : null;
  const verdict = judge(tenant, mail, checks);
  const envelope = mail.envelope ?? mail.from;
  for (const recipient of mail.to) {
    const row: TableRow = {
      Timestamp: at,
      NetworkMessageId: id,
      InternetMessageId: mail.messageId ?? `<${id}@mail>`,
      LastEventExecutionTime: at,
      SenderMailFromAddress: envelope,
      SenderMailFromDomain: domainOf(envelope),
      SenderFromAddress: mail.from,
      SenderFromDomain: domainOf(mail.from),
      SenderDisplayName: '',
      SenderObjectId: tenant.people.includes(mail.from) || isFunction(mail.from, tenant) ? `object-${mail.from}` : '',
      SenderIPv4: mail.ip.includes(':') ? '' : mail.ip,
      SenderIPv6: mail.ip.includes(':') ? mail.ip : '',
      RecipientEmailAddress: recipient,
      RecipientDomain: domainOf(recipient),
      Subject: mail.subject,
      EmailDirection: direction,
      AttachmentCount: mail.attachments?.length ?? 0,
      UrlCount: (mail.links?.length ?? 0) + (mail.qr === undefined ? 0 : 1),
      AuthenticationDetails: checks === null ? '{"DKIM":"none","DMARC":"none"}' : JSON.stringify(checks),
      Connectors: mail.connector ?? '',
      OrgLevelAction: mail.simulated ? 'Allow' : '',
      OrgLevelPolicy: mail.simulated ? 'Phishing simulation' : '',
      ...verdict,
    };
    tables.EmailEvents.push(row);
    if (mail.zapped) zap(tenant, row);
  }
  const base = { Timestamp: at, NetworkMessageId: id };
  for (const url of mail.links ?? []) {
    tables.EmailUrlInfo.push({ ...base, Url: `https://${url}/x`, UrlDomain: url, UrlLocation: 'Body' });
  }
  if (mail.qr !== undefined) {
    tables.EmailUrlInfo.push({ ...base, Url: `https://${mail.qr}/x`, UrlDomain: mail.qr, UrlLocation: 'QRCode' });
  }
  for (const file of mail.attachments ?? []) {
    tables.EmailAttachmentInfo.push({ ...base, FileName: file, FileType: file.slice(file.lastIndexOf('.') + 1) });
  }
}

/** Writes down what is true of a source. */
export function label(
  tenant: CorpusTenant,
  address: string,
  truth: Label['truth'],
  kind: string,
  to: Label['class'],
): void {
  tenant.labels.set(`${to}|${address}`, { address, class: to, truth, kind });
}

/**
 * Sends a mail of a service or person who follows the MX record, and labels its source as honest: it comes through the
 * gateway where there is one, and is not listed at all where the gateway has a connector.
 */
export function sendByMx(tenant: CorpusTenant, mail: Mail, kind: string, to: Label['class']): void {
  const { gateway, random } = tenant;
  if (gateway === null) {
    sendMail(tenant, mail);
    label(tenant, mail.ip, 'legitimate', kind, to);
    return;
  }
  const ip = random.pick(gateway.addresses);
  sendMail(tenant, { ...mail, ip, ...(gateway.connector && { connector: 'Gateway' }) });
  if (!gateway.connector) label(tenant, ip, 'legitimate', `${kind}-through-gateway`, to);
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

function isFunction(address: string, { domain }: CorpusTenant): boolean {
  return address.endsWith(`@${domain}`) && /^(?:payroll|hr|info|accounts|helpdesk|it)@/.test(address);
}

function authenticate(tenant: CorpusTenant, mail: Mail): Record<string, string> {
  const own = (domain: string) => domain === tenant.domain || domain.endsWith(`.${tenant.domain}`);
  const envelopeDomain = domainOf(mail.envelope ?? mail.from);
  const spf = own(envelopeDomain) ? evaluateSpf(tenant, mail.ip) : envelopeDomain === '' ? 'none' : 'pass';
  const dkim = mail.dkim === 'own' || mail.dkim === 'other' ? 'pass' : mail.dkim === 'broken' ? 'fail' : 'none';
  const aligned = (spf === 'pass' && own(envelopeDomain)) || mail.dkim === 'own';
  const foreign = !own(domainOf(mail.from));
  const dmarc = foreign ? 'pass' : tenant.dmarc === 'none' ? 'none' : aligned ? 'pass' : 'fail';
  return {
    SPF: spf,
    DKIM: dkim,
    DMARC: dmarc,
    CompAuth: aligned || foreign ? 'pass' : tenant.random.pick(['fail', 'none', 'fail']),
  };
}

function evaluateSpf(tenant: CorpusTenant, ip: string): string {
  if (tenant.spf.some(({ block }) => contains(block, ip))) return 'pass';
  return tenant.spfAll;
}

/** Spoof intelligence hits whatever is not authenticated, honest or not; content filters hit what was found. */
function judge(tenant: CorpusTenant, mail: Mail, checks: Record<string, string> | null): TableRow {
  const { random } = tenant;
  const clean = {
    DeliveryAction: 'Delivered',
    DeliveryLocation: 'Inbox/folder',
    ThreatTypes: '',
    DetectionMethods: '',
  };
  if (checks === null || mail.simulated) return clean;
  if (mail.found !== undefined) {
    const methods = [random.pick(METHODS[mail.found])];
    const kind = mail.found === 'malware' ? 'Malware' : 'Phish';
    const kept = mail.zapped || random.chance(0.25);
    const place = kept ? clean : { DeliveryAction: 'Blocked', DeliveryLocation: 'Quarantine' };
    return { ...clean, ...place, ThreatTypes: kind, DetectionMethods: JSON.stringify({ [kind]: methods }) };
  }
  if (domainOf(mail.from) !== tenant.domain || checks.CompAuth === 'pass') return clean;
  const strict = tenant.dmarc === 'strict';
  if (!random.chance(strict ? 0.6 : 0.3)) return clean;
  const place =
    strict && random.chance(0.4)
      ? { DeliveryAction: 'Blocked', DeliveryLocation: 'Quarantine' }
      : { DeliveryAction: 'Junked', DeliveryLocation: 'Junk folder' };
  const method = random.pick(['Spoof intra-org', 'Spoof DMARC']);
  return { ...place, ThreatTypes: 'Phish', DetectionMethods: JSON.stringify({ Phish: [method] }) };
}

function zap(tenant: CorpusTenant, row: TableRow): void {
  const later = new Date(Date.parse(String(row.Timestamp)) + tenant.random.int(1, 40) * 3_600_000).toISOString();
  tenant.tables.EmailPostDeliveryEvents.push({
    Timestamp: later,
    NetworkMessageId: row.NetworkMessageId,
    ActionType: 'Phish ZAP',
    ActionResult: 'Success',
    RecipientEmailAddress: row.RecipientEmailAddress,
    ThreatTypes: 'Phish',
    DetectionMethods: '{"Phish":["URL detonation"]}',
  });
}
