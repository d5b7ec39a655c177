import type { HuntingTables } from './answer-by-day.ts';
import { checksOf, type HuntingRow, isOwn, lower, sourceOf } from './collect-own-mail.ts';
import type { HuntingConstants } from './hunting-constants.ts';

const DAY = 86_400_000;

interface Tally {
  readonly messages: Set<unknown>;
  readonly domains: Set<string>;
  readonly users: Set<string>;
  readonly days: Set<number>;
}

/** Query `neighbours`. */
export function answerNeighbours(tables: HuntingTables, constants: HuntingConstants): HuntingRow[] {
  const sources = findSources(tables, constants, ['inbound']);
  const tallies = new Map<string, Tally>();
  for (const row of tables.EmailEvents ?? []) {
    const source = sourceOf(row);
    if (!isWithin(row.Timestamp, constants) || lower(row, 'EmailDirection') !== 'inbound' || !sources.has(source))
      continue;
    const dmarc = String(checksOf(row).DMARC ?? '').toLowerCase();
    if (namesOwn(row, constants) || (dmarc !== 'pass' && dmarc !== 'bestguesspass')) continue;
    const tally = tallyOf(tallies, source);
    tally.messages.add(row.NetworkMessageId);
    tally.domains.add(lower(row, 'SenderFromDomain'));
    tally.days.add(Math.floor(Date.parse(String(row.Timestamp)) / DAY));
  }
  return [...tallies].map(([Source, { messages, domains, days }]) => ({
    Source,
    Messages: messages.size,
    Domains: domains.size,
    Days: days.size,
  }));
}

/** Query `sign-ins`; null when the tenant has neither table of sign-ins. */
export function answerSignIns(tables: HuntingTables, constants: HuntingConstants): HuntingRow[] | null {
  const { EntraIdSignInEvents: events, SigninLogs: logs } = tables;
  if (events === undefined && logs === undefined) return null;
  const sources = findSources(tables, constants, ['inbound', 'intra-org']);
  const tallies = new Map<string, Tally>();
  const note = (time: unknown, outcome: unknown, address: unknown, user: unknown) => {
    const source = String(address ?? '');
    if (!isWithin(time, constants) || String(outcome) !== '0' || !sources.has(source) || !user) return;
    const tally = tallyOf(tallies, source);
    tally.users.add(String(user));
    tally.days.add(Math.floor(Date.parse(String(time)) / DAY));
  };
  for (const row of events ?? []) note(row.Timestamp, row.ErrorCode, row.IPAddress, row.AccountObjectId);
  for (const row of logs ?? []) note(row.TimeGenerated, row.ResultType, row.IPAddress, row.UserId);
  return [...tallies].map(([Source, { users, days }]) => ({ Source, Users: users.size, Days: days.size }));
}

/** The addresses that send in the tenant's name without a connector. */
function findSources(tables: HuntingTables, constants: HuntingConstants, directions: readonly string[]): Set<string> {
  const own = (tables.EmailEvents ?? []).filter(
    (row) =>
      isWithin(row.Timestamp, constants) &&
      directions.includes(lower(row, 'EmailDirection')) &&
      !row.Connectors &&
      sourceOf(row) !== '' &&
      namesOwn(row, constants),
  );
  return new Set(own.map(sourceOf));
}

function namesOwn(row: HuntingRow, constants: HuntingConstants): boolean {
  return isOwn(constants, lower(row, 'SenderMailFromDomain')) || isOwn(constants, lower(row, 'SenderFromDomain'));
}

function isWithin(time: unknown, { start, end }: HuntingConstants): boolean {
  const at = Date.parse(String(time));
  return at >= start && at <= end;
}

function tallyOf(tallies: Map<string, Tally>, source: string): Tally {
  const tally = tallies.get(source) ?? { messages: new Set(), domains: new Set(), users: new Set(), days: new Set() };
  tallies.set(source, tally);
  return tally;
}
