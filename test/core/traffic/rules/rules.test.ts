import { assess, assessOne, buildContext, buildDay, buildDays, type DayInput, workdays } from '../build-source.ts';

const PEOPLE = Array.from({ length: 12 }, (_, at) => `person${at}@contoso.example`);
const LINKED: DayInput = {
  content: { withLinks: 4 },
  payload: { carrying: 4, outsideLinks: 4, linkDomains: ['evil.example'] },
};
const reasons = (input: DayInput, context = buildContext()) => assessOne([buildDay(input)], context).reasons;

describe('verdicts', () => {
  test.each([
    ['a fifth of the messages of a stranger', 5, { content: 1 }, true],
    ['less than a fifth', 6, { content: 1 }, false],
    ['any number of spoof verdicts', 6, { spoofOnly: 6 }, false],
    ['any number of doubtful verdicts', 6, { doubtful: 6 }, false],
  ])('%s: condemned %s', (_, messages, verdicts, isCondemned) => {
    expect(reasons({ messages, verdicts }).includes('content-verdict')).toBe(isCondemned);
  });

  test('what is removed after delivery condemns as well', () => {
    expect(assessOne([buildDay({ afterDelivery: { condemned: 2 } })])).toMatchObject({ assessment: 'likely-spoof' });
  });

  test('one false verdict does not condemn what has sent for weeks', () => {
    const days = buildDays(workdays(8).concat(22), { messages: 1, to: ['amy@contoso.example'] });
    const [first = buildDay(), ...others] = days;
    const judged = [{ ...first, verdicts: { content: 1, doubtful: 0, spoofOnly: 0, simulated: 0 } }, ...others];
    expect(assessOne(judged).reasons).toContain('content-verdict-in-part');
    expect(assessOne(judged).assessment).toBe('needs-review');
  });

  test('links to the same domain as a condemned source accuse, unless lasting sources link there too', () => {
    const condemned = buildDay({ ...LINKED, source: '198.51.100.1', verdicts: { content: 4 } });
    const other = buildDay({ ...LINKED, source: '203.0.113.9' });
    const found = (days: ReturnType<typeof buildDay>[]) =>
      assess(days).find(({ key }) => key === '203.0.113.9')?.reasons;
    expect(found([condemned, other])).toContain('shares-links-with-abuse');
    expect(found([other])).not.toContain('shares-links-with-abuse');
    expect(found([{ ...condemned, source: other.source }])).not.toContain('shares-links-with-abuse');
    const lasting = buildDays(workdays(20), { ...LINKED, source: '203.0.113.80' });
    expect(found([condemned, other, ...lasting])).not.toContain('shares-links-with-abuse');
  });
});

describe('circumstances', () => {
  test('having no name counts only where others have one', () => {
    const none = { '203.0.113.9': { pointer: { kind: 'none' as const } } };
    expect(reasons({}, buildContext(none))).not.toContain('no-reverse-name');
    const others = { ...none, '203.0.113.40': { pointer: { kind: 'confirmed' as const, name: 'a.isp.example' } } };
    const both = assess([buildDay(), buildDay({ source: '203.0.113.40' })], buildContext(others));
    expect(both.find(({ key }) => key === '203.0.113.9')?.reasons).toContain('no-reverse-name');
  });

  test.each([
    ['header-only', {}, true],
    ['direct-send', {}, false],
    ['direct-send', LINKED, true],
  ] as const)('%s mail past the gateway: said %#', (kind, input, isSaid) => {
    const exchangers = [{ domain: 'contoso.example', hosts: ['mx.gateway.example'], addresses: ['198.51.100.1'] }];
    const known = { pointer: { kind: 'none' as const }, neighbours: { messages: 0, domains: 0, days: 0 } };
    const context = buildContext({ '203.0.113.9': known }, { mailExchangers: exchangers });
    expect(reasons({ ...input, class: kind }, context).includes('bypasses-gateway')).toBe(isSaid);
    const unknown = buildContext({ '203.0.113.9': { ...known, pointer: null } }, { mailExchangers: exchangers });
    expect(reasons({ ...input, class: kind }, unknown)).not.toContain('bypasses-gateway');
  });

  test('circumstances alone never accuse where there is nothing to open', () => {
    const people = PEOPLE.slice(0, 9);
    const plain = buildDay({
      messages: 9,
      people,
      from: [],
      to: people,
      senders: { toSelf: 9, fromPerson: 9 },
      verdicts: { spoofOnly: 9 },
    });
    expect(assessOne([plain]).assessment).toBe('needs-review');
  });

  test('an empty envelope counts with something to open, not in automatic replies', () => {
    const reply: DayInput = {
      class: 'header-only',
      people: PEOPLE.slice(0, 2),
      from: [],
      senders: { nullEnvelope: 4, fromPerson: 4 },
    };
    expect(reasons(reply)).not.toContain('null-sender');
    expect(reasons({ ...reply, ...LINKED })).toContain('null-sender');
  });

  test('the contact form always writes to the same people', () => {
    const form: DayInput = { senders: { foreignHeader: 4 }, to: ['info@contoso.example'] };
    expect(reasons(form)).not.toContain('foreign-header');
    expect(reasons({ ...form, to: PEOPLE.slice(0, 4) })).toContain('foreign-header');
  });
});

describe('waves', () => {
  const victim = (at: number, input: DayInput = {}) =>
    buildDay({
      day: 12 + (at % 3),
      source: `198.51.${at}.7`,
      messages: 1,
      people: PEOPLE.slice(at, at + 1),
      from: [],
      to: PEOPLE.slice(at, at + 1),
      senders: { toSelf: 1, fromPerson: 1 },
      ...input,
    });

  test('one mail each from five networks is a campaign', () => {
    const carrying = { payload: { carrying: 1, outsideLinks: 1, toSelf: 1 }, content: { withLinks: 1 } };
    for (const source of assess([0, 1, 2, 3, 4].map((at) => victim(at, carrying)))) {
      expect(source.assessment).toBe('likely-spoof');
      expect(source.reasons).toContain('part-of-a-wave');
    }
  });

  test('two are none', () => {
    const carrying = { payload: { carrying: 1, outsideLinks: 1, toSelf: 1 }, content: { withLinks: 1 } };
    const pointsIn = (count: number) => assess(Array.from({ length: count }, (_, at) => victim(at, carrying)))[0];
    expect(pointsIn(2)?.reasons).not.toContain('part-of-a-wave');
    expect((pointsIn(4)?.score ?? 0) - (pointsIn(2)?.score ?? 0)).toBe(2);
    expect((pointsIn(5)?.score ?? 0) - (pointsIn(2)?.score ?? 0)).toBe(3);
  });

  test('addresses of one network are one source of a wave', () => {
    const days = [0, 1, 2, 3, 4].map((at) => victim(at, { source: `198.51.100.${at}` }));
    for (const source of assess(days)) expect(source.reasons).not.toContain('part-of-a-wave');
  });

  test('new devices form no wave, and a new scanner is no part of a wave of lures', () => {
    const devices = [0, 1, 2, 3].map((at) =>
      buildDay({ day: 12, source: `198.51.${at}.7`, from: [`mfp${at}@contoso.example`] }),
    );
    for (const source of assess(devices)) expect(source.reasons).not.toContain('part-of-a-wave');
    const carrying = { payload: { carrying: 1, outsideLinks: 1, toSelf: 1 }, content: { withLinks: 1 } };
    const scanner = victim(9);
    const all = assess([...[0, 1, 2].map((at) => victim(at, carrying)), scanner]);
    expect(all.find(({ key }) => key === scanner.source)?.reasons).not.toContain('part-of-a-wave');
  });

  test('the same over three weeks is no wave', () => {
    for (const source of assess([0, 1, 2].map((at) => victim(at, { day: 2 + at * 9 })))) {
      expect(source.reasons).not.toContain('part-of-a-wave');
    }
  });
});

describe('forwarding and lists', () => {
  const LIST: DayInput = {
    class: 'header-only',
    people: PEOPLE.slice(0, 4),
    from: [],
    authentication: { spfPass: 4, spfFail: 0 },
    senders: { fromPerson: 4, listShaped: 4, envelopeDomains: ['lists.society.example'] },
  };

  test('a bounce address counts once it has been seen for days', () => {
    expect(assessOne(buildDays([3, 8, 13, 18], LIST)).assessment).toBe('forwarder-or-list');
    expect(assessOne(buildDays([3, 8, 13], LIST)).assessment).toBe('needs-review');
  });

  test('codes to scan cancel it', () => {
    const lures = buildDays([3, 8, 13, 18], { ...LIST, payload: { carrying: 4, qrCodes: 4 } });
    expect(assessOne(lures).assessment).toBe('likely-spoof');
  });

  test('an SRS address that embeds the own domain', () => {
    const days = buildDays([3, 8, 13, 18], { class: 'header-only', senders: { srsOfOwn: 4 } });
    expect(assessOne(days).assessment).toBe('forwarder-or-list');
  });

  test("the own domain's signature on a part of the messages", () => {
    const days = buildDays([3, 8, 13], {
      people: PEOPLE.slice(0, 4),
      from: [],
      senders: { fromPerson: 4 },
      authentication: { dkimPass: 2, signed: 2 },
    });
    expect(assessOne(days).assessment).toBe('forwarder-or-list');
  });
});
