import type { MailRow } from '../tenant/mail-row.ts';
import type { SimulatedTenant } from '../tenant/tenant.ts';
import type { TraceRow } from '../tenant/tenant-records.ts';

/** The message trace of a tenant, newest first: what was set apart, or what follows from its mail. */
export function traceMessages(tenant: SimulatedTenant): TraceRow[] {
  const rows = tenant.messageTrace ?? tenant.mail.map(describeTrace);
  return rows.toSorted(
    (a, b) => Number(a.receivedDateTime < b.receivedDateTime) - Number(a.receivedDateTime > b.receivedDateTime),
  );
}

/** The events of one message for one recipient; a matched inbound connector shows in the first one's data only. */
export function traceDetails(tenant: SimulatedTenant, id: string, recipient: string): object[] {
  const mail = tenant.mail.find((row) => row.NetworkMessageId === id && row.RecipientEmailAddress === recipient);
  const trace = traceMessages(tenant).find((row) => row.id === id && row.recipientAddress === recipient);
  if (trace === undefined) return [];
  const connector = mail?.Connectors ?? '';
  const data =
    connector === '' ? '' : `<root><MEP Name="CustomData" Blob="S:InboundConnectorData=Name=${connector}"/></root>`;
  const common = { messageId: trace.messageId, dateTime: trace.receivedDateTime };
  return [
    { id: `${id}-1`, ...common, event: 'Receive', action: '', description: 'Message received.', data },
    { id: `${id}-2`, ...common, event: 'Deliver', action: '', description: `Message ${trace.status}.`, data: '' },
  ];
}

function describeTrace(mail: MailRow): TraceRow {
  const inbound = mail.EmailDirection === 'Inbound';
  return {
    id: mail.NetworkMessageId,
    senderAddress: mail.SenderMailFromAddress,
    recipientAddress: mail.RecipientEmailAddress,
    messageId: mail.InternetMessageId,
    receivedDateTime: `${mail.Timestamp.slice(0, 19)}Z`,
    subject: mail.Subject,
    size: mail.EmailSize,
    fromIP: inbound ? mail.SenderIPv4 || mail.SenderIPv6 : '',
    toIP: '',
    status: statusOf(mail),
  };
}

function statusOf({ DeliveryAction, DeliveryLocation }: MailRow): string {
  switch (DeliveryAction) {
    case 'Delivered':
    case 'Replaced':
      return 'delivered';
    case 'Junked':
      return 'filteredAsSpam';
    case 'Blocked':
      return /quarantine/i.test(DeliveryLocation) ? 'quarantined' : 'failed';
  }
}
