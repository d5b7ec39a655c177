import { createHash } from 'node:crypto';

/**
 * A row of the EmailEvents table: one per message and recipient. Further columns of the table may be added by their
 * name; what is derived from mail (message trace, spoof report) reads only the ones named here.
 */
export interface MailRow {
  readonly Timestamp: string;
  readonly NetworkMessageId: string;
  readonly InternetMessageId: string;
  readonly SenderMailFromAddress: string;
  readonly SenderMailFromDomain: string;
  readonly SenderFromAddress: string;
  readonly SenderFromDomain: string;
  readonly SenderDisplayName: string;
  readonly SenderObjectId: string;
  readonly SenderIPv4: string;
  readonly SenderIPv6: string;
  readonly RecipientEmailAddress: string;
  readonly RecipientDomain: string;
  readonly Subject: string;
  readonly EmailDirection: 'Inbound' | 'Outbound' | 'Intra-org';
  readonly EmailSize: number;
  readonly AttachmentCount: number;
  readonly UrlCount: number;
  readonly DeliveryAction: 'Delivered' | 'Junked' | 'Blocked' | 'Replaced';
  readonly DeliveryLocation: string;
  readonly ThreatTypes: string;
  readonly DetectionMethods: string;
  readonly OrgLevelPolicy: string;
  /** JSON text, `{"SPF":"fail","DKIM":"none","DMARC":"none","CompAuth":"fail"}`; empty on real mail within the tenant. */
  readonly AuthenticationDetails: string;
  /** The inbound connector that matched; empty when none did. */
  readonly Connectors: string;
  readonly [column: string]: unknown;
}

/** What must be said about a mail; everything else has a default. */
export interface MailEssentials {
  readonly at: Date;
  /** The address in the From header (P2), and of the envelope (P1) unless `SenderMailFromAddress` says otherwise. */
  readonly from: string;
  readonly to: string;
  /** The sending address, IPv4 or IPv6. */
  readonly ip: string;
}

/** Makes a row of anonymous inbound mail that fails every check: Direct Send, when `from` is the tenant's own domain. */
export function composeMail({ at, from, to, ip }: MailEssentials, columns: Partial<MailRow> = {}): MailRow {
  const envelope = columns.SenderMailFromAddress ?? from;
  const id = guidOf(JSON.stringify([at, envelope, from, to, ip, columns.Subject]));
  return {
    Timestamp: at.toISOString(),
    NetworkMessageId: id,
    InternetMessageId: `<${id}@${domainOf(from)}>`,
    SenderMailFromAddress: envelope,
    SenderMailFromDomain: domainOf(envelope),
    SenderFromAddress: from,
    SenderFromDomain: domainOf(from),
    SenderDisplayName: '',
    SenderObjectId: '',
    SenderIPv4: ip.includes(':') ? '' : ip,
    SenderIPv6: ip.includes(':') ? ip : '',
    RecipientEmailAddress: to,
    RecipientDomain: domainOf(to),
    Subject: 'Scan',
    EmailDirection: 'Inbound',
    EmailSize: 45_678,
    AttachmentCount: 0,
    UrlCount: 0,
    DeliveryAction: 'Delivered',
    DeliveryLocation: 'Inbox/folder',
    ThreatTypes: '',
    DetectionMethods: '',
    OrgLevelPolicy: '',
    AuthenticationDetails: '{"SPF":"fail","DKIM":"none","DMARC":"none","CompAuth":"fail"}',
    Connectors: '',
    ...columns,
  };
}

/** The domain of an address in lower case; empty for the null sender. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** A GUID that is always the same for the same text. */
export function guidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
