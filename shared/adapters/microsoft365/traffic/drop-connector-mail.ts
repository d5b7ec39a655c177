import { sourceOf } from '../../../core/traffic/address-block.ts';
import { findTracedConnector } from '../../../core/traffic/fold-message-trace.ts';
import { type Row, text } from '../../../core/traffic/read-row.ts';
import type { TrafficDay } from '../../../core/traffic/traffic-day.ts';
import { readTraceDetails, type TraceTools } from '../read-message-trace.ts';
import type { SignInTarget } from '../sign-in.ts';

/** Sources of which messages are looked at, those with most messages first. */
const MOST_SOURCES = 15;
/** Senders of a source of which one message is looked at, when the first came through a connector. */
const MOST_SENDERS = 3;

/**
 * The rows of a trace without those that came through a connector, as far as the details of a few messages tell: such mail is
 * no Direct Send. One address may send both ways (an office's mail server by its certificate, its printers without), so that
 * a source is left out as a whole only when every sender that was looked at goes through a connector.
 */
export async function dropConnectorMail(
  tools: TraceTools,
  tenant: SignInTarget,
  rows: readonly Row[],
  days: readonly TrafficDay[],
): Promise<readonly Row[]> {
  const samples = groupBySender(rows, new Set(days.map(({ source }) => source)));
  const largest = [...samples].sort(([, one], [, other]) => countOf(other) - countOf(one)).slice(0, MOST_SOURCES);
  const whole = new Set<string>();
  const pairs = new Set<string>();
  for (const [source, senders] of largest) {
    const bySize = [...senders].sort(([, one], [, other]) => other.length - one.length).slice(0, MOST_SENDERS);
    let through = 0;
    for (const [sender, [sample = {}]] of bySize) {
      const came = findTracedConnector(await readTraceDetails(tools, tenant, sample)) !== null;
      if (came) pairs.add(pairOf(source, sender));
      through += came ? 1 : 0;
      // A source whose main sender comes without a connector is Direct Send.
      if (!came) break;
    }
    if (through === bySize.length) whole.add(source);
  }
  if (pairs.size === 0) return rows;
  return rows.filter((row) => {
    const source = sourceOf(text(row, 'fromIP')) ?? '';
    return !whole.has(source) && !pairs.has(pairOf(source, senderOf(row)));
  });
}

function groupBySender(rows: readonly Row[], wanted: ReadonlySet<string>): Map<string, Map<string, Row[]>> {
  const groups = new Map<string, Map<string, Row[]>>();
  for (const row of rows) {
    const source = sourceOf(text(row, 'fromIP'));
    if (source === null || !wanted.has(source)) continue;
    const senders = groups.get(source) ?? new Map<string, Row[]>();
    const known = senders.get(senderOf(row));
    if (known === undefined) senders.set(senderOf(row), [row]);
    else known.push(row);
    groups.set(source, senders);
  }
  return groups;
}

function countOf(senders: ReadonlyMap<string, readonly Row[]>): number {
  return [...senders.values()].reduce((sum, { length }) => sum + length, 0);
}

function senderOf(row: Row): string {
  return text(row, 'senderAddress').toLowerCase();
}

function pairOf(source: string, sender: string): string {
  return `${source} ${sender}`;
}
