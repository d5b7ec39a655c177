import type { Alert, AlertKind } from './alert.ts';
import type { Show } from './escape-text.ts';
import { formatTimesFor } from './format-time.ts';
import type { AlertContext, Fact, Limits, Story, Telling, Told } from './story.ts';
import { tellAttributed } from './tell-actors.ts';
import { tellBlinded, tellFleetBlind, tellFleetSighted, tellSighted } from './tell-blindness.ts';
import { tellDigest, tellSpoofing } from './tell-lists.ts';
import { tellExceptionExpiring, tellOpening, tellRecovered, tellReminder } from './tell-permissive.ts';
import { tellChannelBroken, tellHeartbeat, tellTest } from './tell-service.ts';
import { wordsIn } from './words/words.ts';

const LONGEST_URL = 2048;
const NAMED_DOMAINS = 3;
const DOMAIN = /^(?=.{1,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;

/** Puts an alert into words, once for every medium: `show` escapes what comes from outside for the medium that it is for. */
export function tellStory(alert: Alert, context: AlertContext, show: Show, limits: Limits): Story {
  const words = wordsIn(context.language);
  const telling: Telling = {
    alert,
    context,
    words,
    times: formatTimesFor(words.locale, context.timeZone),
    limits,
    show: (raw, max = limits.text) => show(raw, Math.min(max, limits.text)) || '–',
    showId: (raw) => show(raw, 64) || '–',
  };
  const told = tellFacts(telling);
  const { tenant } = alert;
  const name = tenant === null ? '' : ` – ${telling.show(tenant.name, 80)}`;
  const optional = (facts: readonly Fact[]) => (limits.optional ? facts : facts.filter((fact) => !fact.optional));
  return {
    tone: told.tone,
    headline: `${words.state[alert.facts.kind]}: ${told.story}${name}`,
    impact: told.impact,
    notes: [...(context.possibleRepeat ? [words.say.possibleRepeat] : []), ...told.notes],
    facts: optional([...tellTenant(telling), ...told.facts]),
    groups: told.groups,
    steps: told.steps,
    proof: optional(tellProof(telling, told)),
    links: tellLinks(telling),
    whatToDo: words.label.whatToDo,
    sentBy: words.say.sentBy(telling.show(context.productName, 60)),
  };
}

function tellFacts(telling: Telling): Told {
  const { facts } = telling.alert;
  switch (facts.kind) {
    case 'drifted':
    case 'found-permissive':
      return tellOpening(telling, facts);
    case 'reminder':
      return tellReminder(telling, facts);
    case 'recovered':
      return tellRecovered(telling, facts);
    case 'blinded':
      return tellBlinded(telling, facts);
    case 'sighted':
      return tellSighted(telling, facts);
    case 'attributed':
      return tellAttributed(telling, facts);
    case 'exception-expiring':
      return tellExceptionExpiring(telling, facts);
    case 'spoofing-seen':
      return tellSpoofing(telling, facts);
    case 'fleet-blind':
      return tellFleetBlind(telling, facts);
    case 'fleet-sighted':
      return tellFleetSighted(telling, facts);
    case 'digest':
      return tellDigest(telling, facts);
    case 'heartbeat':
      return tellHeartbeat(telling, facts);
    case 'channel-broken':
      return tellChannelBroken(telling, facts);
    case 'test':
      return tellTest(telling);
  }
}

function tellTenant({ alert, words, show, showId }: Telling): readonly Fact[] {
  const { tenant } = alert;
  if (tenant === null) return [];
  // A verified domain is what people know the customer by; broken up like a hostile address it would look wrong.
  const domains = tenant.domains.slice(0, NAMED_DOMAINS).map((one) => (DOMAIN.test(one) ? one : show(one, 80)));
  const rest = tenant.domains.length - domains.length;
  if (rest > 0) domains.push(words.say.more(words.count.plain(rest)));
  const name = show(tenant.name, 120);
  return [
    { title: words.label.customer, value: domains.length === 0 ? name : `${name} (${domains.join(', ')})` },
    { title: words.label.tenantId, value: showId(tenant.id) },
  ];
}

function tellProof(telling: Telling, { checkedAt, proof }: Told): readonly Fact[] {
  const { alert, words, times, show, showId } = telling;
  const { label, say, count } = words;
  const facts: Fact[] = [
    { title: label.alertId, value: showId(alert.id) },
    { title: label.checkedAt, value: show(times.utc(checkedAt)) },
  ];
  if (proof !== undefined) facts.push(proof);
  if (alert.ledger === null) return facts;
  const { seq, hash } = alert.ledger;
  return [...facts, { title: label.ledger, value: say.ledger(count.plain(seq), showId(hash)), optional: true }];
}

/** What an acknowledgement can quieten: alerts of an open episode. */
const ACKNOWLEDGED: readonly AlertKind[] = ['drifted', 'found-permissive', 'reminder', 'attributed', 'spoofing-seen'];

function tellLinks({ alert, context, words }: Telling): Story['links'] {
  const { evidence, runbook } = context.links;
  const acknowledge = ACKNOWLEDGED.includes(alert.facts.kind) ? context.links.acknowledge : undefined;
  const offered = [
    { title: words.label.openEvidence, url: evidence },
    { title: words.acknowledge.button, url: acknowledge },
    { title: words.label.runbook, url: runbook },
  ];
  return offered.flatMap(({ title, url }) =>
    url?.startsWith('https://') && URL.canParse(url) && url.length <= LONGEST_URL
      ? [{ title, url: new URL(url).href }]
      : [],
  );
}
