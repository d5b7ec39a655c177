import type { Transition } from '../../../shared/core/setting/believe-reading.ts';
import { newTenantState, type Phase, type TenantState } from '../../../shared/core/setting/tenant-state.ts';
import { HOUR, type Instant, later, MINUTE, SECOND } from '../../../shared/core/time.ts';
import { at, BLIND_AFTER, check, hourly, kindsOf, REGISTERED, read, type Seen } from './live-through.ts';

const never = newTenantState(REGISTERED);
const enforced = hourly('enforced');
const permissive = hourly('enforced', 'permissive');
const pending = hourly('enforced', 'permissive', 'enforced');
const unreadable = hourly('enforced', 'network');
const blind = hourly('enforced', ...Array<Seen>(6).fill('network'));

/** An hour after what was seen last. */
const next = ({ newest }: TenantState) => later(newest?.askedAt ?? REGISTERED, HOUR);

describe('the table of the design', () => {
  test.each<[string, TenantState, Seen, Phase, Transition, string[]]>([
    ['never verified, enforced', never, 'enforced', 'enforced', 'baseline', ['baseline']],
    ['never verified, permissive', never, 'permissive', 'permissive', 'found-permissive', ['found-permissive']],
    ['enforced, enforced', enforced, 'enforced', 'enforced', 'none', []],
    ['enforced, permissive', enforced, 'permissive', 'permissive', 'drifted', ['drifted']],
    ['permissive, permissive', permissive, 'permissive', 'permissive', 'none', []],
    ['permissive, enforced (first)', permissive, 'enforced', 'permissive', 'none', ['recovery-pending']],
    ['permissive, enforced (again)', pending, 'enforced', 'enforced', 'recovered', ['recovered']],
    ['recovery pending, permissive', pending, 'permissive', 'permissive', 'none', ['recovery-cleared']],
    ['recovery pending, unknown', pending, 'service-error', 'permissive', 'none', ['unreadable']],
    ['never verified, unknown', never, 'consent-missing', 'never-verified', 'none', ['unreadable']],
    ['enforced, unknown', enforced, 'throttled', 'enforced', 'none', ['unreadable']],
    ['permissive, unknown', permissive, 'role-missing', 'permissive', 'none', ['unreadable']],
    ['unreadable, unknown', unreadable, 'throttled', 'enforced', 'none', []],
    ['unreadable, definite', unreadable, 'enforced', 'enforced', 'none', ['readable']],
    ['blind, unknown', blind, 'network', 'enforced', 'none', []],
    ['blind, definite', blind, 'enforced', 'enforced', 'sighted', ['sighted']],
    ['blind, definite and another', blind, 'permissive', 'permissive', 'drifted', ['sighted', 'drifted']],
  ])('%s', (_, before, seen, phase, transition, noted) => {
    const after = check(before, seen, next(before));
    expect([after.state.phase, after.transition, kindsOf(after)]).toEqual([phase, transition, noted]);
    expect(after.state.open !== null).toBe(phase === 'permissive');
    expect(after.late).toBe(false);
  });

  test.each<[string, TenantState, Instant]>([
    ['never verified', never, REGISTERED],
    ['enforced', enforced, at(0)],
    ['permissive', permissive, at(HOUR)],
    ['recovery pending', pending, at(2 * HOUR)],
  ])('%s, unknown when blindAfter has passed', (_, before, since) => {
    const askedAt = later(since, BLIND_AFTER);
    const { state, transition, notes } = check(before, 'network', askedAt, 'run-9');
    const { phase, open } = before;
    expect({ phase: state.phase, open: state.open, transition }).toEqual({ phase, open, transition: 'blinded' });
    const why = { reason: 'network', detail: 'it was network' };
    expect(notes.map(({ kind }) => kind)).toEqual(['unreadable', 'blinded']);
    expect(notes[1]).toEqual({ kind: 'blinded', runId: 'run-9', episode: 1, since, ...why });
    const openedAt = read('network', askedAt).observedAt;
    expect(state.blind).toEqual({ number: 1, since, openedAt, ...why, announcedAt: null, toldChannels: [] });
  });
});

test('a baseline is noted with its run and the moment it is true for', () => {
  const { notes } = check(never, 'enforced', at(MINUTE), 'run-1');
  expect(notes).toEqual([{ kind: 'baseline', runId: 'run-1', askedAt: at(MINUTE) }]);
});

test('a drift happened after the last enforced reading was asked for, and before the permissive one had arrived', () => {
  const { state, notes } = check(hourly('enforced', 'enforced', 'network'), 'permissive', at(3 * HOUR), 'run-4');
  const window = { notBefore: at(HOUR), notAfter: at(3 * HOUR + 2 * SECOND) };
  expect(state.open).toMatchObject({ kind: 'drifted', window, openedAt: window.notAfter });
  expect(notes.at(-1)).toEqual({ kind: 'drifted', runId: 'run-4', episode: 1, ...window });
});

test('a tenant that was never read enforced is permissive since an unknown time', () => {
  const { open } = check(never, 'permissive', at(HOUR)).state;
  expect(open).toMatchObject({
    kind: 'found-permissive',
    window: { notBefore: null, notAfter: read('permissive', at(HOUR)).observedAt },
  });
});

test('a new episode begins untold, unacknowledged and without exception', () => {
  expect(permissive.open).toMatchObject({
    ...{ recovery: null, announcedAt: null, announcements: 0, toldChannels: [], reminders: 0, nextReminderAt: null },
    ...{ escalatedAt: null, acknowledged: null, exceptedBy: null, expiryAnnounced: null },
  });
});

test('an episode ends with the first of the two enforced readings, and its window is kept', () => {
  const told = { ...pending, open: { ...pending.open!, announcedAt: at(HOUR), toldChannels: ['ops'] } };
  const { state, notes } = check(told, 'enforced', at(5 * HOUR));
  const closedAt = read('enforced', at(2 * HOUR)).observedAt;
  const { openedAt, window } = told.open;
  expect(state.closed).toEqual({ number: 1, openedAt, closedAt, window, toldChannels: ['ops'] });
  expect(notes).toEqual([expect.objectContaining({ kind: 'recovered', episode: 1, ...window, closedAt })]);
});

test('an episode that nobody was told of leaves nothing to tell', () => {
  expect(check(pending, 'enforced', at(5 * HOUR)).state.closed).toBeNull();
});

test('the second enforced reading must come from another run', () => {
  const first = check(permissive, 'enforced', at(2 * HOUR), 'run-a').state;
  const between = check(first, 'network', at(3 * HOUR), 'run-b').state;
  const again = check(between, 'enforced', at(4 * HOUR), 'run-a');
  expect(again.state.phase).toBe('permissive');
  expect(again.transition).toBe('none');
  expect(check(again.state, 'enforced', at(5 * HOUR), 'run-c').transition).toBe('recovered');
});

test('an unknown reading between the two enforced ones counts for nothing', () => {
  const between = check(pending, 'network', at(3 * HOUR)).state;
  expect(between.open?.recovery).toEqual(pending.open?.recovery);
  expect(check(between, 'enforced', at(4 * HOUR)).transition).toBe('recovered');
});

test('answers that alternate are one episode that never recovers', () => {
  const state = hourly('enforced', ...Array<Seen[]>(20).fill(['permissive', 'enforced']).flat());
  expect([state.phase, state.episodes]).toEqual(['permissive', 1]);
});

test('episodes are numbered one after the other', () => {
  const { open, episodes } = hourly(
    'permissive',
    'enforced',
    'enforced',
    'permissive',
    'permissive',
    'enforced',
    'enforced',
    'permissive',
  );
  expect([open?.number, open?.kind, episodes]).toEqual([3, 'drifted', 3]);
});

test('a definite reading is what a tenant was verified with, an unknown one is not', () => {
  const { state } = check(hourly('enforced', 'permissive'), 'network', at(2 * HOUR), 'run-3');
  expect(state).toMatchObject({
    verifiedAt: at(HOUR),
    enforcedAt: at(0),
    newest: { askedAt: at(2 * HOUR), runId: 'run-3' },
  });
});

test('the reason shown is the newest, its beginning the oldest', () => {
  const since = read('network', at(HOUR)).observedAt;
  expect(hourly('enforced', 'network', 'throttled').unreadable).toEqual({
    since,
    reason: 'throttled',
    detail: 'it was throttled',
  });
  expect(hourly('enforced', 'network', 'throttled', 'enforced').unreadable).toBeNull();
});
