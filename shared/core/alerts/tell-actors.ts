import type { Actor, AlertFacts } from './alert.ts';
import type { Fact, Group, Telling, Told } from './story.ts';
import { tellMoment, tellWindow } from './tell-window.ts';

/** One fact: who changed the setting, or why that is not known. */
export function tellChangedBy({ words, context, show }: Telling, startKnown: boolean): Fact {
  const { say, label } = words;
  const [actor, ...others] = context.changedBy ?? [];
  if (actor !== undefined) {
    const value = nameActor({ words, show }, actor);
    const rest = others.length === 0 ? '' : `, ${say.more(words.count.plain(others.length))}`;
    return { title: label.changedBy, value: `${value}${rest}` };
  }
  if (context.changedBy !== null) return { title: label.changedBy, value: say.noRecordFound };
  return { title: label.changedBy, value: startKnown ? say.notInAuditLogYet : say.beforeFirstCheck };
}

/** The alert that follows a drift once the audit log has answered. Lists every match and accuses nobody. */
export function tellAttributed(telling: Telling, facts: AlertFacts & { kind: 'attributed' }): Told {
  const { words, alert, show, limits } = telling;
  const { story, impact, say, label, noRecord, noRecordFix } = words;
  const common = { tone: 'accent', notes: [], checkedAt: alert.raisedAt } as const;
  const window = tellWindow(telling, facts.window);
  const [actor, ...others] = facts.actors;
  if (actor === undefined) {
    const reason = facts.noRecord ?? 'not-found';
    return {
      ...common,
      story: story.attributedNone,
      impact: impact.attributedNone,
      facts: [...window, { title: label.reason, value: noRecord[reason] }],
      groups: [],
      steps: { before: [noRecordFix[reason]], command: null, after: [] },
    };
  }
  const external = facts.actors.some((one) => one.external);
  const steps = { before: [external ? say.checkTheChangeExternal : say.checkTheChange], command: null, after: [] };
  if (others.length === 0) {
    const single = describeActor(telling, actor);
    return {
      ...common,
      story: show(actor.account, 60),
      impact: impact.attributed,
      facts: [...single, ...window],
      groups: [],
      steps,
    };
  }
  const shown = facts.actors.slice(0, limits.rows);
  const rest = facts.actors.length - shown.length;
  const group: Group = {
    heading: null,
    rows: shown.map((one) => ({
      title: nameActor(telling, one),
      detail: [tellMoment(telling, one.at), ...extras(telling, one)].join(' · '),
    })),
    more: rest > 0 ? say.more(words.count.plain(rest)) : null,
  };
  const several = story.attributedSeveral(words.count.records(facts.actors.length));
  return { ...common, story: several, impact: impact.attributed, facts: window, groups: [group], steps };
}

function nameActor({ words, show }: Pick<Telling, 'words' | 'show'>, { account, clientIp }: Actor): string {
  return clientIp === null ? show(account, 80) : words.say.actor(show(account, 80), show(clientIp, 60));
}

function extras({ words, show }: Telling, { application, external }: Actor): readonly string[] {
  return [...(application === null ? [] : [show(application, 60)]), ...(external ? [words.say.external] : [])];
}

function describeActor(telling: Telling, actor: Actor): readonly Fact[] {
  const { words, show } = telling;
  const { label, say } = words;
  const orNotRecorded = (text: string | null) => (text === null ? say.notRecorded : show(text, 80));
  const facts: Fact[] = [
    { title: label.account, value: show(actor.account, 80) },
    { title: label.address, value: orNotRecorded(actor.clientIp) },
    { title: label.application, value: orNotRecorded(actor.application) },
    { title: label.changedAt, value: tellMoment(telling, actor.at) },
  ];
  if (actor.external) facts.push({ title: label.external, value: say.external });
  return facts;
}
