import fc from 'fast-check';
import { ASSESSMENT_WORDS } from '../../../shared/core/traffic/assessed-source.ts';
import type { SourceNetwork } from '../../../shared/core/traffic/network-context.ts';
import { REASON_CODES, REASON_WORDS } from '../../../shared/core/traffic/reason-words.ts';
import type { TrafficDay } from '../../../shared/core/traffic/traffic-day.ts';
import { anyDays, anyKnown, people } from './arbitrary-days.ts';
import { assess, assessOne, buildContext, buildDays, workdays } from './build-source.ts';

const context = (known: Partial<SourceNetwork>) => buildContext({ '203.0.113.9': known });

/** More of what abuse looks like, on the same messages. */
const WORSE: Readonly<Record<string, (day: TrafficDay) => TrafficDay>> = {
  'content verdicts': (day) => change(day, 'verdicts', { content: day.messages }),
  'doubtful verdicts': (day) => change(day, 'verdicts', { doubtful: day.messages }),
  'spoof verdicts': (day) => change(day, 'verdicts', { spoofOnly: day.messages }),
  'removal after delivery': (day) => change(day, 'afterDelivery', { condemned: day.messages }),
  'reports by people': (day) => change(day, 'afterDelivery', { reported: day.messages }),
  'codes to scan': (day) =>
    change(day, 'payload', { qrCodes: day.messages, carrying: day.messages, toSelf: day.senders.toSelf }),
  'outside links': (day) =>
    change(day, 'payload', { outsideLinks: day.messages, carrying: day.messages, toSelf: day.senders.toSelf }),
  'risky files': (day) =>
    change(day, 'payload', { riskyAttachments: day.messages, carrying: day.messages, toSelf: day.senders.toSelf }),
  'luring subjects': (day) => change(day, 'content', { withLure: day.messages }),
};

function change<K extends 'verdicts' | 'afterDelivery' | 'payload' | 'content'>(
  day: TrafficDay,
  group: K,
  worse: Partial<NonNullable<TrafficDay[K]>>,
): TrafficDay {
  return { ...day, [group]: { ...day[group], ...worse } };
}

describe('what always holds', () => {
  test.each(Object.keys(WORSE))('%s never lower the score or clear a source', (name) => {
    fc.assert(
      fc.property(anyDays, anyKnown, (days, known) => {
        const before = assessOne(days, context(known));
        const after = assessOne(
          days.map((day) => WORSE[name]!(day)),
          context(known),
        );
        expect(after.score).toBeGreaterThanOrEqual(before.score);
        if (before.assessment === 'likely-spoof') expect(after.assessment).toBe('likely-spoof');
      }),
      { seed: 11, numRuns: 150 },
    );
  });

  test('more messages of the same kind on the same days clear nobody', () => {
    fc.assert(
      fc.property(anyDays, fc.integer({ min: 2, max: 20 }), (days, times) => {
        const scale = <T extends object>(counts: T) =>
          Object.fromEntries(
            Object.entries(counts).map(([key, value]) => [key, typeof value === 'number' ? value * times : value]),
          ) as T;
        const more = days.map((day) => ({
          ...day,
          messages: day.messages * times,
          senders: scale(day.senders),
          authentication: scale(day.authentication!),
          verdicts: scale(day.verdicts!),
          content: scale(day.content!),
          payload: scale(day.payload!),
          afterDelivery: scale(day.afterDelivery!),
        }));
        const [before, after] = [assessOne(days), assessOne(more)];
        if (before.assessment === 'likely-spoof') expect(['likely-spoof', 'needs-review']).toContain(after.assessment);
        else expect(['device-or-app', 'approved']).not.toContain(after.assessment);
      }),
      { seed: 12, numRuns: 150 },
    );
  });

  test('a device verdict rests on an anchor, and unknown is not an anchor', () => {
    fc.assert(
      fc.property(anyDays, anyKnown, (days, known) => {
        const source = assessOne(days, context(known));
        if (source.assessment === 'device-or-app') expect(source.anchors.length).toBeGreaterThan(0);
        expect(assessOne(days, buildContext({}, { connectors: null, mailExchangers: null })).assessment).not.toBe(
          'device-or-app',
        );
      }),
      { seed: 13, numRuns: 200 },
    );
  });

  test('the order of the rows does not matter', () => {
    fc.assert(
      fc.property(anyDays, anyKnown, fc.infiniteStream(fc.nat()), (days, known, picks) => {
        const shuffled = [...days]
          .map((day) => ({ day, at: picks.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ day }) => day);
        expect(assess(shuffled, context(known))).toEqual(assess(days, context(known)));
      }),
      { seed: 14, numRuns: 100 },
    );
  });

  test('what is unknown accuses nobody: without names, neighbours and sign-ins the score is not higher', () => {
    fc.assert(
      fc.property(anyDays, (days) => {
        const unknown = assessOne(days, context({}));
        const nothing = assessOne(
          days,
          context({
            pointer: { kind: 'none' },
            neighbours: { messages: 0, domains: 0, days: 0 },
            signIns: { users: 0, days: 0 },
          }),
        );
        expect(unknown.score).toBeLessThanOrEqual(nothing.score);
      }),
      { seed: 15, numRuns: 100 },
    );
  });

  test('names and content never make a source legitimate: a device-like forger stays undecided for ever', () => {
    const patient = buildDays(workdays(20), { from: ['scanner@contoso.example'], to: people });
    expect(assessOne(patient).assessment).toBe('needs-review');
  });
});

describe('words', () => {
  test('every reason and assessment has words, and none of them says safe', () => {
    expect(REASON_CODES.length).toBe(new Set(Object.values(REASON_WORDS)).size);
    for (const words of [...Object.values(REASON_WORDS), ...Object.values(ASSESSMENT_WORDS)]) {
      expect(words.length).toBeGreaterThan(10);
      expect(words).not.toMatch(/\b(?:safe|harmless|clean|trusted|secure)\b/i);
    }
  });

  test('what speaks for a source says "consistent with"', () => {
    for (const assessment of ['device-or-app', 'authorised-by-dns', 'forwarder-or-list'] as const) {
      expect(ASSESSMENT_WORDS[assessment]).toMatch(/^consistent with /);
    }
  });
});
