import fc from 'fast-check';
import { findGoneSilent } from '../../../shared/core/posture/find-gone-silent.ts';
import { judgeReadiness, type TrafficCoverage } from '../../../shared/core/posture/judge-readiness.ts';
import { suggestRemedy } from '../../../shared/core/posture/suggest-remedy.ts';
import type { AssessedSource } from '../../../shared/core/traffic/assessed-source.ts';
import { ASSESSMENTS } from '../../../shared/core/traffic/assessed-source.ts';
import { assess, buildContext, buildDay, buildDays, workdays } from '../traffic/build-source.ts';

const FULL: TrafficCoverage = { coverage: 'full', reason: null, days: 30 };
const people = Array.from({ length: 12 }, (_, at) => `person${at}@contoso.example`);
const LURE = {
  messages: 12,
  people,
  from: [],
  to: people,
  senders: { toSelf: 12, fromPerson: 12 },
  payload: { carrying: 12, outsideLinks: 12, toSelf: 12 },
};
const [FORGERY] = assess([buildDay(LURE)]) as [AssessedSource];
const [DEVICE] = assess(
  buildDays(workdays(5)),
  buildContext({ '203.0.113.9': { signIns: { users: 9, days: 9 } } }),
) as [AssessedSource];
const [UNDECIDED] = assess(buildDays(workdays(3), { source: '198.51.100.4' })) as [AssessedSource];

describe('readiness', () => {
  test('nothing but forgeries: ready', () => {
    expect(judgeReadiness([FORGERY], FULL)).toMatchObject({ verdict: 'ready', wouldBreak: [] });
    expect(judgeReadiness([], FULL)).toMatchObject({ verdict: 'ready', why: ['No Direct Send mail was seen.'] });
  });

  test('devices and the undecided are named with their days and a way to keep them', () => {
    const readiness = judgeReadiness([FORGERY, DEVICE, UNDECIDED], FULL);
    expect(readiness.verdict).toBe('not-ready');
    expect(readiness.wouldBreak).toMatchObject([
      { source: '203.0.113.9', assessment: 'device-or-app', messages: 20, days: 5 },
      { source: '198.51.100.4', assessment: 'needs-review', messages: 12, days: 3 },
    ]);
    expect(readiness.wouldBreak[0]?.remedy.command).toContain('-SenderIPAddresses 203.0.113.9');
    expect(readiness.why.join(' ')).toContain('1 source could not be decided');
  });

  test('header-only sources do not break', () => {
    expect(judgeReadiness([{ ...UNDECIDED, class: 'header-only' }], FULL).verdict).toBe('ready');
  });

  test('forgeries from the own network are named: devices stand behind the same address', () => {
    const infected = { ...FORGERY, anchors: ['spf-own-entry'] as const };
    expect(judgeReadiness([infected], FULL)).toMatchObject({
      verdict: 'not-ready',
      wouldBreak: [{ assessment: 'likely-spoof' }],
    });
  });

  test('a forgery that was only just called so makes no tenant ready', () => {
    expect(judgeReadiness([{ ...FORGERY, score: 6 }], FULL).verdict).toBe('ready');
    expect(judgeReadiness([{ ...FORGERY, score: 5.5 }], FULL).verdict).toBe('unknown');
  });

  test('a forgery that was told by its shape alone makes no tenant ready', () => {
    const shape: AssessedSource = {
      ...FORGERY,
      reasons: ['impersonates-person', 'short-lived', 'one-time-recipients'],
    };
    const readiness = judgeReadiness([shape], FULL);
    expect(readiness).toMatchObject({ verdict: 'unknown', wouldBreak: [] });
    expect(readiness.why.join(' ')).toContain('203.0.113.9');
  });

  test.each([
    ['partial coverage', { ...FULL, coverage: 'partial', reason: 'licence-missing' }, 'licence-missing'],
    ['no coverage', { coverage: 'none', reason: 'permission-missing', days: 0 }, 'permission-missing'],
    ['too few days', { ...FULL, days: 5 }, 'Only 5 days'],
  ] as const)('with %s nothing is called ready', (_, coverage, said) => {
    const readiness = judgeReadiness([], coverage);
    expect(readiness.verdict).toBe('unknown');
    expect(readiness.why.join(' ')).toContain(said);
  });

  test('less than a month is ready with a caution', () => {
    expect(judgeReadiness([], { ...FULL, days: 20 }).why.join(' ')).toContain('once a month');
  });

  test('whatever is known to break is named under any coverage, and never called ready', () => {
    const anySource = fc.record({
      assessment: fc.constantFrom(...ASSESSMENTS),
      kind: fc.constantFrom('direct-send' as const, 'header-only' as const),
      anchored: fc.boolean(),
      at: fc.nat(200),
    });
    const anyCoverage = fc.record({
      coverage: fc.constantFrom('full' as const, 'partial' as const, 'none' as const),
      reason: fc.constant(null),
      days: fc.nat(40),
    });
    fc.assert(
      fc.property(fc.array(anySource, { maxLength: 6 }), anyCoverage, (drafts, coverage) => {
        const sources = drafts.map(
          ({ assessment, kind, anchored, at }): AssessedSource => ({
            ...UNDECIDED,
            assessment,
            class: kind,
            source: `198.51.100.${at}`,
            anchors: anchored ? ['named-location'] : [],
          }),
        );
        const { verdict, wouldBreak, why } = judgeReadiness(sources, coverage);
        const honest = sources.filter(
          (source) => source.class === 'direct-send' && source.assessment !== 'likely-spoof',
        );
        for (const { source } of honest) expect(wouldBreak.map((one) => one.source)).toContain(source);
        if (verdict === 'ready')
          expect({ honest, coverage: coverage.coverage, enough: coverage.days >= 14 }).toEqual({
            honest: [],
            coverage: 'full',
            enough: true,
          });
        expect(why.length).toBeGreaterThan(0);
      }),
      { seed: 41, numRuns: 300 },
    );
  });
});

describe('remedies', () => {
  test('an own address gets a connector, with the caution', () => {
    const { command, advice } = suggestRemedy(DEVICE);
    expect(command).toBe(
      "New-InboundConnector -Name 'Direct Send 203.0.113.9' -ConnectorType Partner -SenderDomains '*' -SenderIPAddresses 203.0.113.9",
    );
    expect(advice).toContain('in your name');
  });

  test('a shared service is not allowed by address', () => {
    const shared = suggestRemedy({ ...UNDECIDED, reasons: ['spf-shared-entry'] });
    expect(shared.command).toContain('-TlsSenderCertificateName');
    expect(shared.command).not.toContain('-SenderIPAddresses');
  });

  test('IPv6 cannot be matched by a connector', () => {
    expect(suggestRemedy({ ...DEVICE, source: '2001:db8:1:2::5' }).command).not.toContain('-SenderIPAddresses');
  });

  test('a forwarder must change itself', () => {
    expect(suggestRemedy({ ...UNDECIDED, assessment: 'forwarder-or-list' }).command).toBeNull();
  });

  test('nothing from outside ends the quotation', () => {
    const { command } = suggestRemedy({ ...UNDECIDED, source: "x'; Remove-Mailbox amy; '" });
    expect(command?.split("'")).toHaveLength(7);
  });
});

describe('gone silent', () => {
  const CLOSED = '2026-10-20T00:00:00.000Z';
  const daily = assess(buildDays([5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 19], { source: '203.0.113.9' }));

  test('a source that sent every day and stopped is silent, one that still sends is not', () => {
    expect(findGoneSilent(daily, CLOSED, '2026-10-25T00:00:00.000Z')).toMatchObject([
      { source: '203.0.113.9', days: 11 },
    ]);
    const still = assess(buildDays([5, 6, 7, 19, 22], { source: '203.0.113.9' }));
    expect(findGoneSilent(still, CLOSED, '2026-10-25T00:00:00.000Z')).toEqual([]);
  });

  test('a weekend is no silence, and forgeries are not missed', () => {
    expect(findGoneSilent(daily, CLOSED, '2026-10-20T12:00:00.000Z')).toEqual([]);
    expect(findGoneSilent([FORGERY], CLOSED, '2026-11-25T00:00:00.000Z')).toEqual([]);
  });
});
