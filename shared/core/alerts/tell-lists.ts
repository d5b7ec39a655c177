import type { ReasonCode } from '../traffic/reason-words.ts';
import { ALERT_KINDS, type AlertFacts, type AlertKind, type DigestRow } from './alert.ts';
import type { Group, Telling, Told } from './story.ts';
import { tellFix } from './tell-traffic.ts';
import { tellWindow } from './tell-window.ts';

/** Forged mail that came in through the open gap, by source. */
export function tellSpoofing(telling: Telling, facts: AlertFacts & { kind: 'spoofing-seen' }): Told {
  const { words, times, show, limits, alert } = telling;
  const { story, impact, label, verdict, count, say } = words;
  const shown = facts.sources.slice(0, limits.rows);
  const rows = shown.map((one) => ({
    title: say.source(show(one.source, 60), count.messages(one.messages), count.plain(one.delivered)),
    detail: [
      say.junked(count.plain(one.junked), count.plain(one.blocked)),
      say.span(show(times.utc(one.firstSeen)), show(times.utc(one.lastSeen))),
      ...one.reasons.slice(0, NAMED_REASONS).map((reason) => tellReason(telling, reason)),
    ].join(' · '),
  }));
  const rest = facts.sources.length + facts.sourcesMore - rows.length;
  return {
    tone: 'attention',
    story: story.spoofing(count.messages(facts.messages)),
    impact: impact.spoofing,
    notes: [],
    facts: [{ title: label.verdict, value: verdict.permissive }, ...tellWindow(telling, facts.window)],
    groups: [{ heading: label.forgedFrom, rows, more: tellMore(telling, rest) }],
    steps: tellFix(telling, [say.lookAtSources]),
    checkedAt: alert.raisedAt,
  };
}

/** The heaviest say why; the rest is in the tables. */
const NAMED_REASONS = 4;

/** A reason in words. An alert may have waited since before a code was renamed: then the code has to do. */
function tellReason({ words, show }: Telling, code: string): string {
  return Object.hasOwn(words.trafficReason, code) ? words.trafficReason[code as ReasonCode] : show(code, 40);
}

/** Several alerts in one message, each with its own id, grouped by kind, the most pressing first: they get the room. */
export function tellDigest(telling: Telling, facts: AlertFacts & { kind: 'digest' }): Told {
  const { words, limits, alert } = telling;
  const { story, impact, count } = words;
  const kinds = ALERT_KINDS.filter((kind) => kind !== 'digest' && countOf(facts, kind) > 0);
  let room = limits.rows;
  const groups = kinds.map((kind): Group => {
    const all = facts.rows.filter((row) => row.facts.kind === kind);
    const shown = all.slice(0, room);
    room -= shown.length;
    return {
      heading: `${words.state[kind]}: ${count.alerts(all.length)}`,
      rows: shown.map((row) => tellRow(telling, row)),
      more: tellMore(telling, all.length - shown.length),
    };
  });
  const tenants = new Set(facts.rows.map((row) => row.tenantId)).size;
  const counts = kinds.slice(0, NAMED_KINDS).map((kind) => `${words.state[kind]} ${count.plain(countOf(facts, kind))}`);
  if (kinds.length > NAMED_KINDS) counts.push('…');
  return {
    tone: kinds.some((kind) => BAD_NEWS.includes(kind)) ? 'attention' : 'accent',
    story: story.digest(counts.join(', '), count.tenants(tenants)),
    impact: impact.digest,
    notes: [],
    facts: [],
    groups,
    steps: null,
    checkedAt: alert.raisedAt,
  };
}

/** A phone's notification shows no more. */
const NAMED_KINDS = 3;

function countOf({ rows }: AlertFacts & { kind: 'digest' }, kind: AlertKind): number {
  return rows.filter((row) => row.facts.kind === kind).length;
}

const BAD_NEWS: readonly AlertKind[] = ['drifted', 'found-permissive', 'reminder', 'spoofing-seen', 'fleet-blind'];

function tellRow(telling: Telling, { alertId, tenantId, tenantName, facts }: DigestRow) {
  const { show, showId } = telling;
  const since = tellSince(telling, facts);
  const detail = [...(since === null ? [] : [since]), showId(tenantId), showId(alertId)].join(' · ');
  return { title: show(tenantName, 60), detail };
}

function tellSince(telling: Telling, facts: DigestRow['facts']): string | null {
  const { times, words, show } = telling;
  if ('window' in facts) {
    const { notBefore, notAfter } = facts.window;
    const end = show(times.utc(notAfter));
    return notBefore === null ? words.say.noLaterThan(end) : words.say.between(show(times.utc(notBefore)), end);
  }
  return 'since' in facts ? show(times.utc(facts.since)) : null;
}

/** `and N more`, or null when nothing was left out. */
export function tellMore({ words }: Telling, rest: number): string | null {
  return rest > 0 ? words.say.more(words.count.plain(rest)) : null;
}
