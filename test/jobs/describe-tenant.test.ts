import { renderCard } from '../../shared/core/alerts/render-card.ts';
import { judgeReadiness } from '../../shared/core/posture/judge-readiness.ts';
import type { AssessedSource } from '../../shared/core/traffic/assessed-source.ts';
import { NO_TRAFFIC, type TrafficState } from '../../shared/core/traffic/traffic-state.ts';
import { glanceAt } from '../../shared/jobs/describe-tenant.ts';
import { sourceOf } from '../core/traffic/build-state.ts';
import { alertsOfEveryKind, contextOf } from '../support/alerts-of-every-kind.ts';
import { textsOf } from '../support/validate-card.ts';

const TO = '2026-10-30T14:00:00.000Z';

/** Mail on days of October. */
function source(
  at: number,
  days: Readonly<Record<number, number>>,
  change: Partial<AssessedSource> = {},
): AssessedSource {
  const mail = Object.entries(days).map(([day, messages]) => ({ day: `2026-10-${day.padStart(2, '0')}`, messages }));
  const messages = mail.reduce((sum, one) => sum + one.messages, 0);
  return sourceOf(at, {
    assessment: 'likely-spoof',
    days: mail,
    messages,
    delivery: { delivered: messages, junked: 0, quarantined: 0, blocked: 0 },
    firstSeen: `${mail[0]?.day}T06:00:00.000Z`,
    lastSeen: `${mail.at(-1)?.day}T12:00:00.000Z`,
    ...change,
  });
}

function stateOf(...assessed: AssessedSource[]): TrafficState {
  const coverage = { coverage: 'full', reason: null } as const;
  const readiness = judgeReadiness(assessed, { ...coverage, days: 30 });
  return {
    ...NO_TRAFFIC,
    ...coverage,
    origin: 'hunting',
    from: '2026-09-30T00:00:00.000Z',
    to: TO,
    assessed,
    readiness,
  };
}

it('the mail of the last day: yesterday and today, of Direct Send only', () => {
  const glance = glanceAt(
    stateOf(
      source(1, { 3: 100, 29: 4, 30: 2 }, { assessment: 'device-or-app' }),
      source(2, { 30: 5 }, { delivery: { delivered: 3, junked: 2, quarantined: 0, blocked: 0 } }),
      source(3, { 30: 50 }, { class: 'header-only' }),
    ),
    null,
  );
  expect(glance).toMatchObject({ from: '2026-10-29T00:00:00.000Z', to: TO, messages: 11, delivered: 9 });
});

it('what reached mailboxes is unknown as soon as it is unknown of a part', () => {
  const unknown = source(2, { 30: 5 }, { delivery: null });
  expect(glanceAt(stateOf(source(1, { 30: 4 }), unknown), null)).toMatchObject({ messages: 9, delivered: null });
  // Of mail that did not come in the last day nothing has to be known.
  const old = source(3, { 2: 5 }, { delivery: null });
  expect(glanceAt(stateOf(source(1, { 30: 4 }), old), null)).toMatchObject({ messages: 4, delivered: 4 });
});

it('forgeries since the reopening, with the mail since then, most first', () => {
  const state = stateOf(
    source(1, { 5: 500 }),
    source(2, { 5: 500, 20: 6 }),
    source(3, { 21: 7, 22: 8 }),
    source(4, { 22: 99 }, { assessment: 'device-or-app' }),
  );
  expect(glanceAt(state, '2026-10-20T09:00:00.000Z').spoofSources).toEqual([
    { source: '10.0.0.3', messages: 15, delivered: 15 },
    { source: '10.0.0.2', messages: 6, delivered: 6 },
  ]);
});

it('just reopened: the forgeries of the last day are named too; found open: all that are known', () => {
  const state = stateOf(source(1, { 5: 3 }), source(2, { 29: 6 }));
  expect(glanceAt(state, '2026-10-30T13:00:00.000Z').spoofSources).toMatchObject([{ source: '10.0.0.2' }]);
  expect(glanceAt(state, null).spoofSources).toHaveLength(2);
});

it('at most three forgers; what would break is named apart from them', () => {
  const forgers = [1, 2, 3, 4].map((at) => source(at, { 30: at }));
  const glance = glanceAt(stateOf(...forgers, source(9, { 30: 1 }, { assessment: 'needs-review' })), null);
  expect(glance.spoofSources.map((one) => one.source)).toEqual(['10.0.0.4', '10.0.0.3', '10.0.0.2']);
  expect(glance.wouldBreak).toEqual(['10.0.0.9']);
});

it('never read: nothing is known, and nothing is zero', () => {
  expect(glanceAt(NO_TRAFFIC, null)).toEqual({
    coverage: 'none',
    reason: 'not-read',
    from: null,
    to: null,
    messages: null,
    delivered: null,
    spoofSources: [],
    wouldBreak: [],
  });
});

it('the card of a drift names them', () => {
  const sample = alertsOfEveryKind().find(({ name }) => name === 'drifted')!;
  const traffic = glanceAt(stateOf(source(1, { 29: 12 }, { delivery: null }), source(2, { 29: 1 })), TO);
  const text = textsOf(renderCard(sample.alert, { ...contextOf(sample, 'en'), traffic })).join('\n');
  expect(text).toContain(
    '10.0.0.1: 12 messages, reached a mailbox: unknown; 10.0.0.2: 1 message, reached a mailbox: 1',
  );
  expect(text).toContain('13 messages in 1 day 14 hours, reached a mailbox: unknown');
});
