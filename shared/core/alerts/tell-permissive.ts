import { between } from '../time.ts';
import type { AlertFacts } from './alert.ts';
import type { Fact, Telling, Told } from './story.ts';
import { tellChangedBy } from './tell-actors.ts';
import { tellFix, tellTraffic } from './tell-traffic.ts';
import { tellMoment, tellWindow } from './tell-window.ts';

/** Drift, a tenant found open, or an exception that ended while the tenant was open. */
export function tellOpening(telling: Telling, facts: AlertFacts & { kind: 'drifted' | 'found-permissive' }): Told {
  const { words } = telling;
  const { story, say, impact } = words;
  const startKnown = facts.window.notBefore !== null;
  const openingStory = facts.kind === 'drifted' ? story.drifted : story.foundPermissive;
  return {
    tone: 'attention',
    story: facts.exceptionEnded ? story.exceptionEnded : openingStory,
    impact: impact.open,
    notes: [...(facts.exceptionEnded ? [say.exceptionEnded] : []), ...(facts.heldBack ? [say.heldBack] : [])],
    facts: openFacts(telling, facts.window, startKnown),
    groups: [],
    steps: tellFix(telling),
    checkedAt: facts.checkedAt,
  };
}

/** A tenant that is still open: its time came, nobody acknowledged, or a channel is new. */
export function tellReminder(telling: Telling, facts: AlertFacts & { kind: 'reminder' }): Told {
  const { words, times, alert } = telling;
  const { story, say, impact } = words;
  const notes = [tellWhyReminded(telling, facts)];
  if (facts.unreadable !== null) notes.push(say.unreadable(facts.unreadable));
  return {
    tone: 'attention',
    story: story.reminder(times.duration(between(facts.window.notAfter, alert.raisedAt))),
    impact: impact.open,
    notes,
    facts: openFacts(telling, facts.window, facts.window.notBefore !== null),
    groups: [],
    steps: tellFix(telling),
    checkedAt: facts.verifiedAt,
  };
}

function tellWhyReminded({ words }: Telling, { because, ordinal }: AlertFacts & { kind: 'reminder' }): string {
  switch (because) {
    case 'due':
      return words.say.reminder(words.count.plain(ordinal));
    case 'escalation':
      return words.say.escalation;
    case 'new-channel':
      return words.say.newChannel;
  }
}

function openFacts(telling: Telling, window: Parameters<typeof tellWindow>[1], startKnown: boolean): readonly Fact[] {
  const { label, verdict } = telling.words;
  return [
    { title: label.verdict, value: verdict.permissive },
    ...tellWindow(telling, window),
    tellChangedBy(telling, startKnown),
    ...tellTraffic(telling),
  ];
}

/** A tenant that rejects Direct Send again. */
export function tellRecovered(telling: Telling, facts: AlertFacts & { kind: 'recovered' }): Told {
  const { words, times } = telling;
  const { story, say, impact, label, verdict } = words;
  const openFor = times.duration(facts.openFor);
  return {
    tone: 'good',
    story: story.recovered(openFor),
    impact: impact.recovered,
    notes: [],
    facts: [
      { title: label.verdict, value: verdict.enforced },
      { title: label.wasOpen, value: openFor },
      ...tellWindow(telling, facts.window),
      { title: label.closedAt, value: tellMoment(telling, facts.closedAt) },
      ...tellTraffic(telling),
    ],
    groups: [],
    steps: { before: [say.lookAtMail], command: null, after: [say.limits] },
    checkedAt: facts.closedAt,
  };
}

/** An approved exception that ends soon. */
export function tellExceptionExpiring(telling: Telling, facts: AlertFacts & { kind: 'exception-expiring' }): Told {
  const { words, alert, show, showId, times } = telling;
  const { story, say, impact, label, verdict } = words;
  const day = times.local(facts.until) ?? show(times.utc(facts.until));
  return {
    tone: 'warning',
    story: story.exceptionEnds(day),
    impact: impact.exceptionEnds,
    notes: [],
    facts: [
      { title: label.verdict, value: verdict.permissive },
      { title: label.until, value: tellMoment(telling, facts.until) },
      { title: label.approvedBy, value: show(facts.approvedBy, 100) },
      { title: label.reason, value: show(facts.reason) },
      { title: label.exception, value: showId(facts.exceptionId) },
      ...tellTraffic(telling),
    ],
    groups: [],
    steps: tellFix(telling, [say.renewOrClose]),
    checkedAt: alert.raisedAt,
  };
}
