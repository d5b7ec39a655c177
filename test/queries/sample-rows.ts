import type { SampleTables } from './run-kql.ts';

const COUNTERS = { message: 0 };

/** A row of EmailEvents: anonymous inbound mail from a scanner that fails every check, unless said otherwise. */
export function mailRow(columns: Record<string, unknown> = {}): Record<string, unknown> {
  COUNTERS.message += 1;
  return {
    Timestamp: '2026-10-12T10:00:00Z',
    LastEventExecutionTime: columns.Timestamp ?? '2026-10-12T10:00:00Z',
    NetworkMessageId: `m${COUNTERS.message}`,
    InternetMessageId: `<m${COUNTERS.message}@device>`,
    SenderMailFromAddress: 'scan@contoso.example',
    SenderMailFromDomain: 'contoso.example',
    SenderFromAddress: 'scan@contoso.example',
    SenderFromDomain: 'contoso.example',
    SenderObjectId: '',
    SenderIPv4: '203.0.113.9',
    SenderIPv6: '',
    RecipientEmailAddress: 'amy@contoso.example',
    Subject: 'Scan',
    EmailDirection: 'Inbound',
    UrlCount: 0,
    AttachmentCount: 1,
    DeliveryAction: 'Delivered',
    DeliveryLocation: 'Inbox/folder',
    ThreatTypes: '',
    DetectionMethods: '',
    OrgLevelPolicy: '',
    AuthenticationDetails: '{"SPF":"fail","DKIM":"none","DMARC":"fail","CompAuth":"fail"}',
    Connectors: '',
    ...columns,
  };
}

/** Tables with these mails and nothing else. */
export function tablesOf(mails: readonly Record<string, unknown>[], rest: SampleTables = {}): SampleTables {
  return {
    EmailEvents: mails,
    EmailUrlInfo: [],
    EmailAttachmentInfo: [],
    EmailPostDeliveryEvents: [],
    SigninLogs: [],
    ...rest,
  };
}

/** Rows in a form that can be compared: order, order within sets and the way of writing moments do not matter. */
export function comparable(rows: readonly Record<string, unknown>[]): string[] {
  const plain = (value: unknown) => {
    if (Array.isArray(value)) return value.map(String).sort();
    return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) ? new Date(value).toISOString() : value;
  };
  return rows
    .map((row) =>
      JSON.stringify(
        Object.entries(row)
          .map(([name, value]) => [name, plain(value)])
          .sort(),
      ),
    )
    .sort();
}
