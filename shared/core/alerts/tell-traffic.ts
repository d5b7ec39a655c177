import { between } from '../time.ts';
import type { Fact, Steps, Telling } from './story.ts';
import type { TrafficGap } from './traffic-gap.ts';

const FIX = 'Set-OrganizationConfig -RejectDirectSend $true';
const NAMED_SENDERS = 10;

/** How much mail came by Direct Send lately, and who forged it; unknown is said as unknown, never as zero. */
export function tellTraffic(telling: Telling): readonly Fact[] {
  const { words, context, times, show, limits } = telling;
  const { say, label, count } = words;
  const glance = context.traffic;
  if (glance === null) return [{ title: label.traffic, value: say.trafficUnknown(words.trafficGap['not-read']) }];
  const why = glance.reason === null ? null : tellGap(telling, glance.reason);
  if (glance.coverage === 'none' || glance.messages === null) {
    return [{ title: label.traffic, value: say.trafficUnknown(why ?? words.trafficGap['not-read']) }];
  }
  const figure = (value: number | null) => (value === null ? say.unknownFigure : count.plain(value));
  const period = glance.from && glance.to ? times.duration(between(glance.from, glance.to)) : say.unknownFigure;
  const seen = say.traffic(count.messages(glance.messages), figure(glance.delivered), period);
  const facts: Fact[] = [{ title: label.traffic, value: why === null ? seen : say.trafficPartial(seen, why) }];
  const shown = glance.spoofSources.slice(0, Math.min(3, limits.rows));
  if (shown.length > 0) {
    const sources = shown.map((one) =>
      say.source(show(one.source, 60), count.messages(one.messages), figure(one.delivered)),
    );
    facts.push({ title: label.forgedFrom, value: sources.join('; '), optional: true });
  }
  return facts;
}

function tellGap({ words, show }: Telling, reason: string): string {
  return Object.hasOwn(words.trafficGap, reason) ? words.trafficGap[reason as TrafficGap] : show(reason, 40);
}

/** How to close the gap: the command, after the caution who would suffer, and what it does not cover. */
export function tellFix(telling: Telling, first: readonly string[] = []): Steps {
  const { say } = telling.words;
  return { before: [...first, tellCaution(telling)], command: FIX, after: [say.takesEffect, say.limits] };
}

function tellCaution({ words, context, show, limits }: Telling): string {
  const glance = context.traffic;
  if (glance === null || glance.coverage === 'none') return words.say.cautionUnknown;
  const { wouldBreak, coverage } = glance;
  if (wouldBreak.length === 0) return coverage === 'full' ? words.say.cautionNoneSeen : words.say.cautionUnknown;
  const named = wouldBreak.slice(0, Math.min(NAMED_SENDERS, limits.rows)).map((sender) => show(sender, 60));
  const rest = wouldBreak.length - named.length;
  if (rest > 0) named.push(words.say.more(words.count.plain(rest)));
  return words.say.cautionListed(named.join(', '));
}
