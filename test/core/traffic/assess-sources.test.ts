import { assess, assessOne, buildContext, buildDay, buildDays, type DayInput, workdays } from './build-source.ts';

const PEOPLE = Array.from({ length: 12 }, (_, at) => `person${at}@contoso.example`);

/** Everybody gets mail from himself with a link, within one day. */
const SELF_BLAST: DayInput = {
  messages: 12,
  people: PEOPLE,
  from: [],
  to: PEOPLE,
  senders: { toSelf: 12, fromPerson: 12 },
  content: { withLinks: 12 },
  payload: { carrying: 12, outsideLinks: 12, toSelf: 12, linkDomains: ['login.evil.example'] },
};

/** Scans, from each person to the same person. */
const SCAN_TO_ME: DayInput = { ...SELF_BLAST, content: { withAttachments: 12 }, payload: {} };

describe('what a source is taken for', () => {
  test('mail from oneself with links within a day is a likely forgery', () => {
    const source = assessOne([buildDay(SELF_BLAST)]);
    expect(source.assessment).toBe('likely-spoof');
    expect(source.reasons).toEqual(
      expect.arrayContaining(['self-to-self', 'self-to-self-with-payload', 'many-impersonated-senders', 'short-lived']),
    );
  });

  test('scan-to-me looks the same but for what it carries, and is left to a person', () => {
    const days = buildDays(workdays(20), SCAN_TO_ME);
    expect(assessOne(days)).toMatchObject({ assessment: 'needs-review', score: -1 });
    expect(assessOne(days).reasons).toContain('regular-for-weeks');
  });

  test('a scanner that hardly anybody uses is no forgery either', () => {
    const rare = buildDays([5, 12, 19], {
      ...SCAN_TO_ME,
      messages: 1,
      people: PEOPLE.slice(0, 1),
      to: PEOPLE.slice(0, 1),
      senders: { toSelf: 1, fromPerson: 1 },
    });
    expect(assessOne(rare).assessment).toBe('needs-review');
  });

  test('an unlisted printer that spoof intelligence dislikes is left to a person', () => {
    const days = buildDays(workdays(20), { verdicts: { spoofOnly: 4 }, delivery: { delivered: 0, junked: 4 } });
    expect(assessOne(days)).toMatchObject({ assessment: 'needs-review' });
    expect(assessOne(days).reasons).toContain('authentication-verdict');
  });

  test('a pay run to everybody within an hour is left to a person', () => {
    const run = buildDay({
      from: ['payroll@contoso.example'],
      messages: 12,
      to: PEOPLE,
      content: { withLure: 12 },
      verdicts: { spoofOnly: 12 },
    });
    expect(assessOne([run]).assessment).toBe('needs-review');
  });

  test('a superior who asks several colleagues once, from a place without a name, is a likely forgery', () => {
    const asks = buildDay({
      messages: 4,
      from: [],
      people: PEOPLE.slice(0, 1),
      to: PEOPLE.slice(1, 5),
      senders: { fromPerson: 4 },
      verdicts: { spoofOnly: 4 },
    });
    const printer = buildDays(workdays(20), { source: '203.0.113.40' });
    const context = buildContext({
      '203.0.113.9': { pointer: { kind: 'none' } },
      '203.0.113.40': { pointer: { kind: 'confirmed', name: 'static-203-0-113-40.isp.example' } },
    });
    const [first] = assess([asks, ...printer], context);
    expect(first).toMatchObject({ source: '203.0.113.9', assessment: 'likely-spoof' });
  });

  test('a pay run in the name of the clerk stays just below, by a named server', () => {
    const run = buildDay({
      messages: 12,
      from: [],
      people: PEOPLE.slice(0, 1),
      to: PEOPLE,
      senders: { fromPerson: 12 },
      verdicts: { spoofOnly: 12 },
    });
    expect(assessOne([run])).toMatchObject({ assessment: 'needs-review', score: 4.5 });
  });

  test('mail with a code to scan from a device nobody knows is a likely forgery', () => {
    const lure = buildDay({ messages: 8, to: PEOPLE.slice(0, 8), payload: { carrying: 8, qrCodes: 8 } });
    expect(assessOne([lure]).assessment).toBe('likely-spoof');
  });

  test('the own domain signed nearly everything', () => {
    const days = buildDays([4, 9], { authentication: { dkimPass: 4, signed: 4, dmarcPass: 4, dmarcFail: 0 } });
    expect(assessOne(days)).toMatchObject({ assessment: 'authorised-by-dns' });
  });

  test("somebody else's signature does not help", () => {
    const days = [buildDay({ ...SELF_BLAST, authentication: { dkimPass: 12 } })];
    expect(assessOne(days).assessment).toBe('likely-spoof');
  });

  test('SPF by a shared include vouches only for what has come regularly for weeks', () => {
    const passing: DayInput = { authentication: { spfPass: 4, spfFail: 0, dmarcPass: 4, dmarcFail: 0 } };
    const spf = {
      result: 'pass',
      domain: 'contoso.example',
      mechanism: 'ip4:203.0.113.0/24',
      includes: ['spf.service.example'],
      prefix: 24,
    } as const;
    const context = buildContext({ '203.0.113.9': { spf } });
    expect(assessOne(buildDays(workdays(20), passing), context).assessment).toBe('authorised-by-dns');
    expect(assessOne(buildDays([12], passing), context).assessment).toBe('needs-review');
    const lure = buildDay({ ...SELF_BLAST, authentication: { spfPass: 12, spfFail: 0, dmarcPass: 12, dmarcFail: 0 } });
    expect(assessOne([lure], context).assessment).toBe('likely-spoof');
  });

  test('a phishing simulation is not a forgery, whatever it looks like', () => {
    const simulation = buildDay({ ...SELF_BLAST, verdicts: { simulated: 12 } });
    expect(assessOne([simulation])).toMatchObject({ assessment: 'approved' });
    expect(assessOne([simulation]).reasons).toContain('phishing-simulation');
  });

  test('a forwarder returns what the tenant had sent out', () => {
    const days = buildDays(workdays(6), {
      people: PEOPLE.slice(0, 5),
      from: [],
      senders: { fromPerson: 4 },
      to: PEOPLE.slice(10),
      returned: 4,
    });
    expect(assessOne(days)).toMatchObject({ assessment: 'forwarder-or-list' });
  });

  test('a new scanner that sends in the names of nine people is left to a person, whatever its circumstances', () => {
    const nine = PEOPLE.slice(0, 9);
    const scans = buildDay({
      messages: 9,
      people: nine,
      from: [],
      to: nine,
      senders: { toSelf: 9, fromPerson: 9 },
      verdicts: { spoofOnly: 9 },
    });
    const known = {
      '203.0.113.9': { pointer: { kind: 'none' as const } },
      '203.0.113.40': { pointer: { kind: 'confirmed' as const, name: 'a.isp.example' } },
    };
    const scanner = assess([scans, buildDay({ source: '203.0.113.40' })], buildContext(known)).find(
      ({ key }) => key === '203.0.113.9',
    );
    // Self-to-self 2, of the circumstances (short-lived, once each, no name) at most 2, the spoof verdict 0.5.
    expect(scanner).toMatchObject({ assessment: 'needs-review', score: 4.5 });
  });

  test('a few false verdicts among hundreds of messages condemn nobody', () => {
    const days = buildDays(workdays(20), {});
    const one = buildDay({ day: 28, verdicts: { content: 1 } });
    expect(assessOne([...days, one]).assessment).toBe('needs-review');
  });

  test('sources are ordered by score, and the order of the rows changes nothing', () => {
    const days = [...buildDays(workdays(20), { source: '203.0.113.40' }), buildDay(SELF_BLAST)];
    expect(assess(days)).toEqual(assess([...days].reverse()));
    expect(assess(days).map(({ source }) => source)).toEqual(['203.0.113.9', '203.0.113.40']);
  });
});
