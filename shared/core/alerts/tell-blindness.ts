import { between } from '../time.ts';
import type { AlertFacts } from './alert.ts';
import type { Fact, Telling, Told } from './story.ts';
import { tellMoment } from './tell-window.ts';

/** A tenant whose setting could not be read for too long. Unknown is neither enforced nor permissive. */
export function tellBlinded(telling: Telling, facts: AlertFacts & { kind: 'blinded' }): Told {
  const { words, times, alert, show } = telling;
  const { story, impact, label, verdict, say } = words;
  const lastKnown =
    facts.lastVerdict === null || facts.verifiedAt === null
      ? say.neverVerified
      : say.lastKnown(verdict[facts.lastVerdict], tellMoment(telling, facts.verifiedAt));
  return {
    tone: 'warning',
    story: story.blinded(times.duration(between(facts.since, alert.raisedAt))),
    impact: impact.blinded,
    notes: [],
    facts: [
      { title: label.verdict, value: verdict.unknown },
      { title: label.since, value: tellMoment(telling, facts.since) },
      { title: label.lastKnown, value: lastKnown },
      ...reasonFacts(telling, facts.reason),
      ...(facts.detail === '' ? [] : [{ title: label.detail, value: show(facts.detail), optional: true } as const]),
    ],
    groups: [],
    steps: { before: [words.fix[facts.reason]], command: null, after: [] },
    checkedAt: alert.raisedAt,
  };
}

/** A tenant whose setting can be read again, with what it says. */
export function tellSighted(telling: Telling, facts: AlertFacts & { kind: 'sighted' }): Told {
  const { words, times } = telling;
  const { story, impact, label, verdict } = words;
  const enforced = facts.verdict === 'enforced';
  return {
    tone: enforced ? 'good' : 'attention',
    story: enforced ? story.sightedEnforced : story.sightedPermissive,
    impact: impact.sighted,
    notes: [],
    facts: [
      { title: label.verdict, value: verdict[facts.verdict] },
      ...blindFacts(telling, facts.since, facts.closedAt, times.duration(facts.blindFor)),
      { title: label.pastReason, value: facts.reason },
    ],
    groups: [],
    steps: null,
    checkedAt: facts.closedAt,
  };
}

/** Most tenants cannot be read, for a reason that is ours: one alert instead of hundreds. */
export function tellFleetBlind(telling: Telling, facts: AlertFacts & { kind: 'fleet-blind' }): Told {
  const { words } = telling;
  const { story, impact, label, count, say } = words;
  return {
    tone: 'attention',
    story: story.fleetBlind(count.plain(facts.failing), count.tenants(facts.checked)),
    impact: impact.fleetBlind,
    notes: [say.heldBackForFleet],
    facts: [
      { title: label.verdict, value: words.verdict.unknown },
      { title: label.since, value: tellMoment(telling, facts.since) },
      ...reasonFacts(telling, facts.reason),
    ],
    groups: [],
    steps: { before: [words.fix[facts.reason]], command: null, after: [] },
    checkedAt: telling.alert.raisedAt,
  };
}

/** The fault that was ours is mended. */
export function tellFleetSighted(telling: Telling, facts: AlertFacts & { kind: 'fleet-sighted' }): Told {
  const { words, times } = telling;
  const { story, impact, count, say, label } = words;
  const blindFor = times.duration(facts.blindFor);
  return {
    tone: facts.stillUnknown === 0 ? 'good' : 'warning',
    story: story.fleetSighted(blindFor),
    impact: impact.fleetSighted,
    notes: facts.stillUnknown === 0 ? [] : [say.stillUnknown(count.tenants(facts.stillUnknown))],
    facts: [
      ...blindFacts(telling, facts.since, facts.closedAt, blindFor),
      { title: label.pastReason, value: facts.reason },
    ],
    groups: [],
    steps: null,
    checkedAt: facts.closedAt,
  };
}

function reasonFacts({ words }: Telling, reason: keyof Telling['words']['cause']): readonly Fact[] {
  return [{ title: words.label.reason, value: `${words.cause[reason]} (${reason})` }];
}

function blindFacts(telling: Telling, since: string, until: string, blindFor: string): readonly Fact[] {
  const { label } = telling.words;
  return [
    { title: label.wasBlind, value: blindFor },
    { title: label.since, value: tellMoment(telling, since) },
    { title: label.until, value: tellMoment(telling, until) },
  ];
}
