import { assess, assessOne, buildContext, buildDay, buildDays, workdays } from './build-source.ts';

const reasonsOf = (days: Parameters<typeof assess>[0], context = buildContext()) =>
  new Map(assess(days, context).map(({ key, reasons }) => [key, reasons]));

describe('standing', () => {
  test.each([
    ['eight days over two weeks', workdays(8).map((day, at) => (at === 7 ? 20 : day)), true],
    ['seven days over four weeks', [2, 6, 10, 14, 18, 22, 26], false],
    ['nine days in a row', [5, 6, 7, 8, 9, 10, 11, 12, 13], false],
  ])('%s: regular %s', (_, days, isRegular) => {
    expect(assessOne(buildDays(days)).reasons.includes('regular-for-weeks')).toBe(isRegular);
  });

  test('mail that never comes back to the same people is not regular', () => {
    const days = workdays(12).map((day) => buildDay({ day, messages: 1, to: [`person${day}@contoso.example`] }));
    expect(assessOne(days).reasons).not.toContain('regular-for-weeks');
  });

  test('neighbouring addresses that send for one sender are one service', () => {
    const days = workdays(20).map((day, at) => buildDay({ day, source: `203.0.113.${10 + (at % 5)}` }));
    for (const reasons of reasonsOf(days).values()) expect(reasons).toContain('part-of-a-regular-service');
  });

  test('another sender from the same neighbourhood does not share that standing', () => {
    const service = workdays(20).map((day, at) => buildDay({ day, source: `203.0.113.${10 + (at % 5)}` }));
    const stranger = buildDay({ day: 20, source: '203.0.113.99', from: ['boss@contoso.example'] });
    expect(reasonsOf([...service, stranger]).get('203.0.113.99')).toContain('short-lived');
  });

  test('a sender whose address keeps changing is roaming, one with a home is not', () => {
    const roaming = workdays(12).map((day) => buildDay({ day, source: `198.51.${day}.7` }));
    for (const reasons of reasonsOf(roaming).values()) {
      expect(reasons).toContain('roaming-sender');
      expect(reasons).not.toContain('short-lived');
    }
    const home = buildDays(workdays(20), { source: '203.0.113.40', messages: 30 });
    const guest = buildDay({ day: 20, source: '198.51.7.7' });
    expect(reasonsOf([...home, guest]).get('198.51.7.7')).toEqual(
      expect.arrayContaining(['borrowed-sender', 'short-lived']),
    );
  });

  test('a service that the envelope names is known by its domain, not by its addresses', () => {
    const service = [3, 9, 16].map((day, at) =>
      buildDay({
        day,
        class: 'header-only',
        source: `198.51.100.${at * 20 + 1}`,
        people: [`person${at}@contoso.example`],
        from: [],
        authentication: { spfPass: 4, spfFail: 0 },
        senders: { fromPerson: 4, envelopeDomains: [`b${at}.sign.example`] },
      }),
    );
    for (const reasons of reasonsOf(service).values()) expect(reasons).not.toContain('short-lived');
  });

  test.each([
    ['three days over a week', [3, 6, 9], false],
    ['three days in less', [3, 5, 8], true],
    ['two days over weeks', [3, 20], true],
  ])('a service seen on %s: its addresses are short-lived: %s', (_, days, isShort) => {
    const service = days.map((day) =>
      buildDay({
        day,
        class: 'header-only',
        source: `198.51.${day}.1`,
        authentication: { spfPass: 4 },
        senders: { envelopeDomains: ['sign.example'] },
      }),
    );
    for (const reasons of reasonsOf(service).values()) expect(reasons.includes('short-lived')).toBe(isShort);
  });

  test('an address that also delivers mail of others is a relay', () => {
    const context = buildContext({ '203.0.113.9': { neighbours: { messages: 20, domains: 6, days: 8 } } });
    expect(assessOne([buildDay()], context).reasons).toContain('relays-for-others');
    const own = buildContext({ '203.0.113.9': { neighbours: { messages: 20, domains: 1, days: 8 } } });
    expect(assessOne([buildDay()], own).reasons).not.toContain('relays-for-others');
  });

  test('what began before the period was read is not called short-lived', () => {
    expect(assessOne([buildDay({ day: 1 })]).reasons).not.toContain('short-lived');
    expect(assessOne([buildDay({ day: 2 })]).reasons).toContain('short-lived');
  });
});
