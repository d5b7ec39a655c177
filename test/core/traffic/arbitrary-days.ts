import fc from 'fast-check';
import type { SourceNetwork } from '../../../shared/core/traffic/network-context.ts';
import { buildDay } from './build-source.ts';

/** Fifteen colleagues. */
export const people = Array.from({ length: 15 }, (_, at) => `person${at}@contoso.example`);

/** Any day of one source: counts never exceed the messages. */
const anyDay = fc
  .record({
    day: fc.integer({ min: 1, max: 29 }),
    kind: fc.constantFrom('direct-send' as const, 'header-only' as const),
    messages: fc.integer({ min: 1, max: 60 }),
    shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 22, maxLength: 22 }),
    people: fc.subarray(people),
    to: fc.subarray(people, { minLength: 1 }),
  })
  .map(({ day, kind, messages, shares, people: senders, to }) => {
    const part = (at: number) => Math.floor((shares[at] ?? 0) * messages);
    const [outsideLinks, qrCodes, riskyAttachments] = [part(0), part(1), part(2)];
    const carrying = Math.min(messages, Math.max(outsideLinks, qrCodes, riskyAttachments) + Math.floor(part(3) / 4));
    const toSelf = part(4);
    return buildDay({
      day,
      class: kind,
      messages,
      people: senders,
      from: senders.length === 0 ? ['scanner@contoso.example'] : [],
      to,
      senders: {
        toSelf,
        fromPerson: senders.length === 0 ? 0 : part(5),
        nullEnvelope: part(6),
        listShaped: part(7),
        srsOfOwn: part(8),
      },
      authentication: {
        spfPass: part(9),
        spfFail: messages - part(9),
        dkimPass: part(10),
        signed: Math.min(part(10), part(11)),
        dmarcPass: part(11),
        dmarcFail: messages - part(11),
      },
      verdicts: {
        content: Math.floor(part(12) / 3),
        doubtful: Math.floor(part(13) / 2),
        spoofOnly: part(14),
        simulated: 0,
      },
      content: { withLinks: part(0), withAttachments: part(15), withLure: part(16) },
      payload: {
        carrying,
        outsideLinks,
        qrCodes,
        riskyAttachments,
        toSelf: Math.min(carrying, Math.floor(toSelf * (shares[17] ?? 0))),
      },
      afterDelivery: { condemned: Math.floor(part(18) / 4), reported: Math.floor(part(19) / 8) },
      returned: part(20),
    });
  });

/** Days of one source in one class, one row per day. */
export const anyDays = fc.array(anyDay, { minLength: 1, maxLength: 12 }).map((days) => {
  const kind = days[0]?.class ?? 'direct-send';
  const byDay = new Map(days.map((day) => [day.day, { ...day, class: kind }]));
  return [...byDay.values()];
});

/** What may be known of the source's network. */
export const anyKnown: fc.Arbitrary<Partial<SourceNetwork>> = fc.record({
  pointer: fc.constantFrom(
    null,
    { kind: 'none' as const },
    { kind: 'confirmed' as const, name: 'mail.contoso.example' },
    { kind: 'confirmed' as const, name: 'vps.hoster.example' },
  ),
  neighbours: fc.constantFrom(null, { messages: 0, domains: 0, days: 0 }, { messages: 50, domains: 9, days: 9 }),
  signIns: fc.constantFrom(null, { users: 0, days: 0 }, { users: 5, days: 9 }),
});
