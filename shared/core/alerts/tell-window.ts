import type { Window } from '../setting/tenant-state.ts';
import type { Instant } from '../time.ts';
import type { Fact, Telling } from './story.ts';

/** A moment in UTC and, where that differs, in the reader's time zone. */
export function tellMoment({ words, times, show }: Telling, instant: Instant): string {
  const local = times.local(instant);
  const utc = show(times.utc(instant));
  return local === null ? utc : `${words.say.inZone(local, times.zone)}, ${utc}`;
}

/** Two facts, since when: in the reader's time zone for people, in UTC for comparing with logs. Both name both ends. */
export function tellWindow({ words, times, show }: Telling, { notBefore, notAfter }: Window): readonly Fact[] {
  const { say, label } = words;
  const utc = show(times.utc(notAfter));
  const inUtc = notBefore === null ? say.noLaterThan(utc) : say.between(show(times.utc(notBefore)), utc);
  const end = times.local(notAfter);
  const start = notBefore === null ? null : times.local(notBefore);
  if (end === null) return [{ title: label.since, value: inUtc }];
  const inZone = start === null ? say.noLaterThan(end) : say.between(start, end);
  return [
    { title: label.since, value: say.inZone(inZone, times.zone) },
    { title: 'UTC', value: inUtc },
  ];
}
