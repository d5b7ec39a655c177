import { createHash } from 'node:crypto';
import { type HuntingConstants, MARGIN } from './hunting-constants.ts';

/** A row of a hunting table. */
export type HuntingRow = Readonly<Record<string, unknown>>;

/** One message in the tenant's own name, all its copies together. */
export interface OwnMessage {
  readonly id: string;
  readonly messageId: string;
  readonly class: 'direct-send' | 'header-only';
  readonly source: string;
  readonly day: number;
  readonly sent: number;
  readonly sender: string;
  readonly envelope: string;
  readonly envelopeDomain: string;
  readonly headerDomain: string;
  readonly isOwnHeader: boolean;
  readonly isMailbox: boolean;
  readonly spf: string;
  readonly dkim: string;
  readonly dmarc: string;
  readonly subject: string;
  readonly urls: number;
  readonly attachments: number;
  readonly fate: 'delivered' | 'junked' | 'quarantined' | 'blocked';
  readonly verdict: ReadonlySet<'hard' | 'soft' | 'spoof-only'>;
  readonly isSimulated: boolean;
  readonly isToSelf: boolean;
  readonly recipients: ReadonlySet<string>;
}

const DAY = 86_400_000;

export function isOwn(constants: HuntingConstants, domain: string): boolean {
  return constants.own.has(domain) || constants.below.test(domain);
}

export function lower(row: HuntingRow, column: string): string {
  const value = row[column];
  return (
    typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value)
  ).toLowerCase();
}

/** The results of the receiver's checks, as EmailEvents carries them in JSON. */
export function checksOf(row: HuntingRow): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(String(row.AuthenticationDetails ?? ''));
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

export function printOf(address: string): string {
  return createHash('sha256').update(address).digest('hex').slice(0, 8);
}

export function sourceOf(row: HuntingRow): string {
  return String(row.SenderIPv4 || row.SenderIPv6 || '');
}

/** What a filter's methods say: content, only the sender's authentication, or something in between. */
export function weighMethods(methods: string, constants: HuntingConstants): 'hard' | 'soft' | 'spoof-only' {
  if (constants.terms('HardMethods').test(methods)) return 'hard';
  return methods.includes('spoof') && !constants.terms('SoftMethods').test(methods) ? 'spoof-only' : 'soft';
}

/** Own mail without a connector whose first row lies in the query's period, one entry per message, class and source. */
export function collectOwnMail(rows: readonly HuntingRow[], constants: HuntingConstants): OwnMessage[] {
  const messages = new Map<string, Map<string, { row: HuntingRow; changed: number; sent: number }>>();
  for (const row of rows) {
    const key = candidateKey(row, constants);
    if (key === null) continue;
    const copies = messages.get(key) ?? new Map();
    messages.set(key, copies);
    const recipient = lower(row, 'RecipientEmailAddress');
    const at = Date.parse(String(row.Timestamp));
    const changed = row.LastEventExecutionTime ? Date.parse(String(row.LastEventExecutionTime)) : at;
    const before = copies.get(recipient);
    const sent = Math.min(before?.sent ?? at, at);
    copies.set(
      recipient,
      before !== undefined && before.changed >= changed ? { ...before, sent } : { row, changed, sent },
    );
  }
  return [...messages.values()]
    .map((copies) => describe([...copies.values()], [...copies.keys()], constants))
    .filter(({ sent }) => sent >= constants.start && sent < constants.end);
}

function candidateKey(row: HuntingRow, constants: HuntingConstants): string | null {
  const at = Date.parse(String(row.Timestamp));
  if (!(at >= constants.start - MARGIN && at <= constants.end + MARGIN)) return null;
  const direction = lower(row, 'EmailDirection');
  if (direction !== 'inbound' && direction !== 'intra-org') return null;
  if (row.Connectors) return null;
  const [envelope, header] = [
    isOwn(constants, lower(row, 'SenderMailFromDomain')),
    isOwn(constants, lower(row, 'SenderFromDomain')),
  ];
  if (!envelope && !header) return null;
  // Real mail within the organisation was never checked: it has no SPF result.
  if (direction === 'intra-org' && !checksOf(row).SPF) return null;
  return JSON.stringify([row.NetworkMessageId, envelope, sourceOf(row)]);
}

function describe(
  copies: readonly { readonly row: HuntingRow; readonly sent: number }[],
  recipients: readonly string[],
  constants: HuntingConstants,
): OwnMessage {
  const rows = copies.map(({ row }) => row);
  const [first = {}] = rows;
  const checks = checksOf(first);
  const text = (key: string) => String(checks[key] ?? '').toLowerCase();
  const sent = Math.min(...copies.map((copy) => copy.sent));
  const [sender, envelope] = [lower(first, 'SenderFromAddress'), lower(first, 'SenderMailFromAddress')];
  const is = (column: string, ...values: string[]) => rows.some((row) => values.includes(lower(row, column)));
  const fate = is('DeliveryAction', 'delivered', 'replaced')
    ? 'delivered'
    : is('DeliveryAction', 'junked')
      ? 'junked'
      : is('DeliveryLocation', 'quarantine')
        ? 'quarantined'
        : 'blocked';
  return {
    id: String(first.NetworkMessageId),
    messageId: String(first.InternetMessageId ?? ''),
    class: isOwn(constants, lower(first, 'SenderMailFromDomain')) ? 'direct-send' : 'header-only',
    source: sourceOf(first),
    day: Math.floor(sent / DAY) * DAY,
    sent,
    sender,
    envelope,
    envelopeDomain: lower(first, 'SenderMailFromDomain'),
    headerDomain: lower(first, 'SenderFromDomain'),
    isOwnHeader: rows.some((row) => isOwn(constants, lower(row, 'SenderFromDomain'))),
    isMailbox: rows.some((row) => Boolean(row.SenderObjectId)),
    spf: text('SPF'),
    dkim: text('DKIM'),
    dmarc: text('DMARC'),
    subject: String(first.Subject ?? ''),
    urls: Math.max(...rows.map((row) => Number(row.UrlCount ?? 0))),
    attachments: Math.max(...rows.map((row) => Number(row.AttachmentCount ?? 0))),
    fate,
    verdict: new Set(rows.flatMap((row) => judge(row, constants))),
    isSimulated: rows.some(isSimulation),
    isToSelf: recipients.length === 1 && (recipients[0] === sender || recipients[0] === envelope),
    recipients: new Set(recipients.map(printOf)),
  };
}

function judge(row: HuntingRow, constants: HuntingConstants): ('hard' | 'soft' | 'spoof-only')[] {
  const threats = lower(row, 'ThreatTypes');
  if (isSimulation(row)) return [];
  if (threats.includes('malware')) return ['hard'];
  return threats.includes('phish') ? [weighMethods(lower(row, 'DetectionMethods'), constants)] : [];
}

function isSimulation(row: HuntingRow): boolean {
  return /simulation|phishsim|advanced delivery/.test(lower(row, 'OrgLevelPolicy'));
}
