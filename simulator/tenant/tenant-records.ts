/** A domain that the tenant receives mail for. */
export interface AcceptedDomain {
  readonly DomainName: string;
  readonly DomainType: 'Authoritative' | 'InternalRelay';
  readonly Default: boolean;
  readonly MatchSubDomains: boolean;
}

/** An inbound connector; further properties of the cmdlet may be added by their name. */
export interface InboundConnector {
  readonly Name: string;
  readonly Enabled: boolean;
  readonly ConnectorType: 'Partner' | 'OnPremises';
  readonly SenderDomains: readonly string[];
  readonly SenderIPAddresses: readonly string[];
  readonly TlsSenderCertificateName: string | null;
  readonly RequireTls: boolean;
  readonly RestrictDomainsToIPAddresses: boolean;
  readonly RestrictDomainsToCertificate: boolean;
  readonly CloudServicesMailEnabled: boolean;
  readonly TreatMessagesAsInternal: boolean;
  readonly EFSkipLastIP: boolean;
  readonly EFSkipIPs: readonly string[];
  readonly EFUsers: readonly string[];
  readonly [property: string]: unknown;
}

/** A row of Graph's message trace. */
export interface TraceRow {
  readonly id: string;
  readonly senderAddress: string;
  readonly recipientAddress: string;
  readonly messageId: string;
  readonly receivedDateTime: string;
  readonly subject: string;
  readonly size: number;
  /** Empty for mail that was sent from inside Exchange Online. */
  readonly fromIP: string;
  /** Empty for inbound mail. */
  readonly toIP: string;
  readonly status: string;
}

/** A row of Get-SpoofMailReport. Property names follow the documented columns, without spaces. */
export interface SpoofReportRow {
  readonly Date: string;
  readonly EventType: string;
  readonly Direction: string;
  readonly Domain: string;
  readonly Action: string;
  readonly SpoofedUser: string;
  /** The organisational domain of the PTR record; then SenderIP is empty. */
  readonly TrueSender: string;
  /** TrueSender or SenderIP, whichever is filled. */
  readonly SendingInfrastructure: string;
  readonly SenderIP: string;
  readonly Count: number;
  readonly SpoofType: 'Internal' | 'External';
  readonly Source: string;
  readonly Result: string;
  readonly ResultCode: string;
  readonly SPF: string;
  readonly DKIM: string;
  readonly DMARC: string;
}

/** A row of Get-SpoofIntelligenceInsight. */
export interface SpoofInsightRow {
  readonly SpoofedUser: string;
  readonly SendingInfrastructure: string;
  readonly MessageCount: number;
  readonly LastSeen: string;
  readonly SpoofType: 'Internal' | 'External';
  readonly Action: 'Allow' | 'Block';
}

/** A record of the unified audit log, as Graph's audit query gives it. */
export interface AuditRecord {
  readonly id: string;
  readonly createdDateTime: string;
  readonly operation: string;
  readonly auditLogRecordType: string;
  readonly userPrincipalName: string;
  readonly clientIp: string;
  readonly auditData: Readonly<Record<string, unknown>>;
}

/** An audit query on its way. */
export interface SubmittedAuditQuery {
  readonly id: string;
  readonly submittedAt: Date;
  /** The filters as they were sent. */
  readonly filters: Readonly<Record<string, unknown>>;
  /** How often its status was asked. */
  polls: number;
}

/** A customer of a partner's tenant. */
export interface DelegatedCustomer {
  readonly tenantId: string;
  readonly displayName: string;
}

/** A mail that was accepted by sendMail. */
export interface SentMail {
  /** The mailbox in the path. */
  readonly from: string;
  readonly message: Readonly<Record<string, unknown>>;
}
