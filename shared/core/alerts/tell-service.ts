import type { AlertFacts } from './alert.ts';
import type { Group, Telling, Told } from './story.ts';
import { tellMore } from './tell-lists.ts';
import { tellMoment } from './tell-window.ts';

/** The regular sign of life: figures of the fleet, what is open, and the hash that binds the ledgers. */
export function tellHeartbeat(telling: Telling, facts: AlertFacts & { kind: 'heartbeat' }): Told {
  const { words, show, showId, limits, alert } = telling;
  const { story, impact, label, count, say } = words;
  const { figures } = facts;
  const rows = facts.open.slice(0, limits.rows).map((one) => ({
    title: show(one.name, 60),
    detail: [
      tellMoment(telling, one.openSince),
      ...(one.acknowledged ? [say.acknowledged] : []),
      showId(one.tenantId),
    ].join(' · '),
  }));
  const open: Group = {
    heading: label.stillOpen,
    rows,
    more: tellMore(telling, facts.open.length + facts.openMore - rows.length),
  };
  const oldest = figures.oldestVerifiedAt === null ? say.neverVerified : tellMoment(telling, figures.oldestVerifiedAt);
  const { tenants, permissive, unknown } = figures;
  return {
    tone: permissive > 0 ? 'attention' : unknown > 0 ? 'warning' : 'good',
    story: story.heartbeat(count.tenants(tenants), count.plain(permissive), count.plain(unknown)),
    impact: impact[facts.every],
    notes: facts.open.length === 0 ? [say.noneOpen] : [],
    facts: [
      { title: label.enforced, value: count.plain(figures.enforced) },
      { title: label.permissive, value: count.plain(permissive) },
      { title: label.unknown, value: count.plain(unknown) },
      { title: label.excepted, value: count.plain(figures.excepted) },
      { title: label.oldestReading, value: oldest },
    ],
    groups: facts.open.length === 0 ? [] : [open],
    steps: null,
    checkedAt: alert.raisedAt,
    proof: { title: label.ledger, value: say.ledgers(count.plain(facts.ledgers), showId(facts.ledgerDigest)) },
  };
}

/** A channel that refuses what it is sent; told through another one. */
export function tellChannelBroken(telling: Telling, facts: AlertFacts & { kind: 'channel-broken' }): Told {
  const { words, show, alert } = telling;
  const { story, impact, label, count, say } = words;
  const channel = show(facts.channel, 60);
  const accepted = facts.lastAcceptedAt === null ? say.neverAccepted : tellMoment(telling, facts.lastAcceptedAt);
  return {
    tone: 'attention',
    story: story.channelBroken(channel),
    impact: impact.channelBroken,
    notes: [],
    facts: [
      { title: label.channel, value: channel },
      { title: label.reason, value: `${words.faultCause[facts.cause]} (${facts.cause})` },
      { title: label.since, value: tellMoment(telling, facts.since) },
      { title: label.waiting, value: count.alerts(facts.waiting) },
      { title: label.lastAccepted, value: accepted },
    ],
    groups: [],
    steps: { before: [words.faultFix[facts.cause]], command: null, after: [] },
    checkedAt: alert.raisedAt,
  };
}

/** A message that somebody asked for, to see whether a channel works. */
export function tellTest({ words, alert }: Telling): Told {
  return {
    tone: 'accent',
    story: words.story.test,
    impact: words.impact.test,
    notes: [],
    facts: [],
    groups: [],
    steps: null,
    checkedAt: alert.raisedAt,
  };
}
