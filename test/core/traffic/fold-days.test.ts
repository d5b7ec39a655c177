import fc from 'fast-check';
import { foldDays } from '../../../shared/core/traffic/fold-days.ts';
import { mergeDays, rowKeyOf } from '../../../shared/core/traffic/merge-days.ts';
import { buildDay, buildDays } from './build-source.ts';

describe('folding days', () => {
  test('a source is one per class, with its days in order and its people counted once', () => {
    const [evidence, ...others] = foldDays([
      ...buildDays([9, 3], { to: ['amy@contoso.example'] }),
      buildDay({ day: 5, to: ['Amy@contoso.example'] }),
    ]);
    expect(others).toEqual([]);
    expect(evidence).toMatchObject({
      messages: 12,
      firstSeen: '2026-10-03T08:00:00.000Z',
      lastSeen: '2026-10-09T16:00:00.000Z',
    });
    expect(evidence?.days.map(({ day }) => day)).toEqual(['2026-10-03', '2026-10-05', '2026-10-09']);
    expect(evidence?.recipients?.prints).toHaveLength(1);
    expect(foldDays([buildDay(), buildDay({ class: 'header-only' })])).toHaveLength(2);
  });

  test('unknown days do not dilute what is known', () => {
    const blind = { ...buildDay({ day: 11 }), payload: null, verdicts: null };
    const [evidence] = foldDays([buildDay({ payload: { carrying: 2, qrCodes: 2 } }), blind]);
    expect(evidence?.payload).toMatchObject({ qrCodes: 2, outOf: 4 });
    expect(foldDays([blind])[0]?.payload).toBeNull();
  });

  test('the /64 of a single address is shown as that address, of several as the block', () => {
    const one = { ...buildDay({ source: '2001:db8:1:2::/64' }), addresses: ['2001:db8:1:2::5'] };
    expect(foldDays([one])[0]).toMatchObject({ key: '2001:db8:1:2::/64', source: '2001:db8:1:2::5' });
    const two = { ...one, day: '2026-10-12', addresses: ['2001:db8:1:2::6'] };
    expect(foldDays([one, two])[0]?.source).toBe('2001:db8:1:2::/64');
  });

  test('neither the order of rows nor that of merging matters', () => {
    const anyRow = fc.record({
      day: fc.integer({ min: 1, max: 4 }),
      messages: fc.integer({ min: 1, max: 9 }),
      at: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 12 }), fc.nat(), (rows, turn) => {
        const days = rows.map(({ day, messages, at }) =>
          buildDay({ day, messages, source: `203.0.113.${at}`, to: [`p${messages}@contoso.example`] }),
        );
        const turned = [...days.slice(turn % (days.length + 1)), ...days.slice(0, turn % (days.length + 1))];
        const sorted = (list: ReturnType<typeof mergeDays>) =>
          [...list].sort((a, b) => (rowKeyOf(a) < rowKeyOf(b) ? -1 : 1));
        expect(sorted(mergeDays(turned))).toEqual(sorted(mergeDays(days)));
        const byKey = (list: ReturnType<typeof foldDays>) => new Map(list.map((one) => [one.key, one]));
        expect(byKey(foldDays(mergeDays(turned)))).toEqual(byKey(foldDays(mergeDays(days))));
      }),
      { seed: 31, numRuns: 200 },
    );
  });
});
