import {
  checksOf,
  collectOwnMail,
  type HuntingRow,
  isOwn,
  lower,
  type OwnMessage,
  printOf,
  weighMethods,
} from './collect-own-mail.ts';
import { type HuntingConstants, MARGIN } from './hunting-constants.ts';

/** The hunting tables of a tenant; a table that is missing is one that the tenant has no licence for. */
export type HuntingTables = Readonly<Record<string, readonly HuntingRow[] | undefined>>;

/** Query `traffic-by-day`. */
export function answerTraffic(tables: HuntingTables, constants: HuntingConstants): HuntingRow[] {
  const [notAPerson, lure] = [constants.text('NotAPerson'), constants.text('LureSubject')];
  return byDay(collectOwnMail(tables.EmailEvents ?? [], constants), (messages) => {
    const count = (test: (message: OwnMessage) => boolean) => messages.filter(test).length;
    const set = (pick: (message: OwnMessage) => readonly unknown[], most: number) =>
      [...new Set(messages.flatMap(pick))].slice(0, most);
    const isPerson = (message: OwnMessage) => message.isMailbox && !notAPerson.test(message.sender);
    const passes = ({ dmarc }: OwnMessage) => dmarc === 'pass' || dmarc === 'bestguesspass';
    const prints = (message: OwnMessage) => [printOf(message.sender)];
    return {
      Messages: messages.length,
      FirstSeen: iso(Math.min(...messages.map(({ sent }) => sent))),
      LastSeen: iso(Math.max(...messages.map(({ sent }) => sent))),
      Hours: set(({ sent }) => [new Date(sent).getUTCHours()], 24),
      Delivered: count(({ fate }) => fate === 'delivered'),
      Junked: count(({ fate }) => fate === 'junked'),
      Quarantined: count(({ fate }) => fate === 'quarantined'),
      SpfPass: count(({ spf }) => spf === 'pass'),
      SpfFail: count(({ spf }) => spf === 'fail' || spf === 'softfail'),
      DkimPass: count(({ dkim }) => dkim === 'pass'),
      Unsigned: count(({ dkim }) => dkim === 'none' || dkim === ''),
      Signed: count(
        (message) =>
          message.dkim === 'pass' && passes(message) && (message.class === 'header-only' || message.spf !== 'pass'),
      ),
      DmarcPass: count(passes),
      DmarcFail: count(({ dmarc }) => dmarc === 'fail'),
      AllPass: count(({ spf, dkim, dmarc }) => spf === 'pass' && dkim === 'pass' && dmarc === 'pass'),
      Hard: count(({ verdict }) => verdict.has('hard')),
      Soft: count(({ verdict }) => verdict.has('soft')),
      SpoofOnly: count(({ verdict }) => verdict.has('spoof-only')),
      Simulated: count(({ isSimulated }) => isSimulated),
      ToSelf: count(({ isToSelf }) => isToSelf),
      FromPerson: count(isPerson),
      NullEnvelope: count(({ envelope }) => envelope === '' || envelope === '<>'),
      ForeignHeader: count(({ isOwnHeader }) => !isOwnHeader),
      SrsOfOwn: count(
        ({ envelope, headerDomain }) =>
          /^srs[01][=+-]/.test(envelope) && headerDomain !== '' && envelope.includes(`=${headerDomain}=`),
      ),
      ListShaped: count(({ envelope }) => constants.text('ListShaped').test(envelope)),
      WithLinks: count(({ urls }) => urls > 0),
      WithAttachments: count(({ attachments }) => attachments > 0),
      WithLure: count(({ subject }) => lure.test(subject)),
      SenderPrints: set(prints, 200),
      PersonPrints: set((message) => (isPerson(message) ? prints(message) : []), 200),
      RecipientPrints: set(({ recipients }) => [...recipients], 1000),
      Senders: set(({ sender }) => [sender], 5),
      Envelopes: set(({ envelope }) => [envelope], 5),
      EnvelopeDomains: set(({ envelopeDomain }) => [envelopeDomain], 5),
    };
  });
}

/** Query `payload-by-day`. */
export function answerPayload(tables: HuntingTables, constants: HuntingConstants): HuntingRow[] {
  const risky = constants.list('RiskyTypes');
  const urls = groupById(tables.EmailUrlInfo, constants);
  const files = groupById(tables.EmailAttachmentInfo, constants);
  const isOutside = (row: HuntingRow) => isOutsideDomain(lower(row, 'UrlDomain'), constants);
  const carried = collectOwnMail(tables.EmailEvents ?? [], constants).map((message) => {
    const links = urls.get(message.id) ?? [];
    return {
      ...message,
      domains: [...new Set(links.filter(isOutside).map((row) => lower(row, 'UrlDomain')))].slice(0, 5),
      hasQr: links.some((row) => lower(row, 'UrlLocation') === 'qrcode'),
      hasRisky: (files.get(message.id) ?? []).some(
        (row) => risky.includes(lower(row, 'FileType')) || risky.includes(extensionOf(row)),
      ),
    };
  });
  return byDay(
    carried.filter(({ domains, hasQr, hasRisky }) => domains.length > 0 || hasQr || hasRisky),
    (messages) => ({
      Carrying: messages.length,
      OutsideLinks: messages.filter(({ domains }) => domains.length > 0).length,
      QrCodes: messages.filter(({ hasQr }) => hasQr).length,
      RiskyAttachments: messages.filter(({ hasRisky }) => hasRisky).length,
      ToSelf: messages.filter(({ isToSelf }) => isToSelf).length,
      LinkDomains: [...new Set(messages.flatMap(({ domains }) => domains))].slice(0, 8),
    }),
  );
}

/** Query `after-delivery-by-day`. */
export function answerAfterDelivery(tables: HuntingTables, constants: HuntingConstants): HuntingRow[] {
  const acts = new Map<string, HuntingRow[]>();
  for (const row of tables.EmailPostDeliveryEvents ?? []) {
    if (!(Date.parse(String(row.Timestamp)) >= constants.start)) continue;
    const id = String(row.NetworkMessageId);
    acts.set(id, [...(acts.get(id) ?? []), row]);
  }
  const is = (message: OwnMessage, test: (act: string, row: HuntingRow) => boolean) =>
    (acts.get(message.id) ?? []).some((row) => test(lower(row, 'ActionType'), row));
  const isContent = (row: HuntingRow) => weighMethods(lower(row, 'DetectionMethods'), constants) !== 'spoof-only';
  const isThreat = (row: HuntingRow) => lower(row, 'ThreatTypes') !== 'spam';
  const judged = collectOwnMail(tables.EmailEvents ?? [], constants)
    .filter(({ isSimulated }) => !isSimulated)
    .map((message) => ({
      ...message,
      isCondemned: is(
        message,
        (act, row) =>
          (/\bzap\b/.test(act) && !/\bspam\b/.test(act) && isContent(row)) ||
          (/\bremediation\b/.test(act) && isThreat(row) && isContent(row)),
      ),
      isReported: is(message, (act) => act.includes('report')),
    }));
  return byDay(
    judged.filter(({ isCondemned, isReported }) => isCondemned || isReported),
    (messages) => ({
      Condemned: messages.filter(({ isCondemned }) => isCondemned).length,
      Reported: messages.filter(({ isReported }) => isReported).length,
    }),
  );
}

/** Query `returned-by-day`. */
export function answerReturned(tables: HuntingTables, constants: HuntingConstants): HuntingRow[] {
  const gone = new Set<string>();
  for (const row of tables.EmailEvents ?? []) {
    const at = Date.parse(String(row.Timestamp));
    const direction = lower(row, 'EmailDirection');
    if (!(at >= constants.start - MARGIN && at <= constants.end)) continue;
    if ((direction !== 'outbound' && direction !== 'intra-org') || checksOf(row).SPF) continue;
    gone.add(`${row.InternetMessageId} ${lower(row, 'SenderFromAddress')}`);
  }
  const back = collectOwnMail(tables.EmailEvents ?? [], constants);
  return byDay(
    back.filter(({ messageId, sender }) => messageId !== '' && gone.has(`${messageId} ${sender}`)),
    (messages) => ({ Returned: new Set(messages.map(({ id }) => id)).size }),
  );
}

function byDay<T extends OwnMessage>(
  messages: readonly T[],
  sum: (messages: readonly T[]) => HuntingRow,
): HuntingRow[] {
  const groups = new Map<string, T[]>();
  for (const message of messages) {
    const key = JSON.stringify([message.day, message.class, message.source]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [message]);
    else group.push(message);
  }
  return [...groups.values()].map((group) => {
    const [{ day, class: kind, source }] = group as [T, ...T[]];
    return { Day: iso(day), Class: kind, Source: source, ...sum(group) };
  });
}

function groupById(rows: readonly HuntingRow[] | undefined, constants: HuntingConstants): Map<string, HuntingRow[]> {
  const groups = new Map<string, HuntingRow[]>();
  for (const row of rows ?? []) {
    const at = Date.parse(String(row.Timestamp));
    if (!(at >= constants.start - MARGIN && at <= constants.end + MARGIN)) continue;
    const id = String(row.NetworkMessageId);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [row]);
    else group.push(row);
  }
  return groups;
}

function isOutsideDomain(domain: string, constants: HuntingConstants): boolean {
  if (!domain.includes('.') || isOwn(constants, domain)) return false;
  return !/^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)[\d.]+$/.test(domain);
}

function extensionOf(row: HuntingRow): string {
  return /\.([A-Za-z0-9]{1,8})$/.exec(String(row.FileName ?? ''))?.[1]?.toLowerCase() ?? '';
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
