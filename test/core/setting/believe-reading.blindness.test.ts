import { believeReading } from '../../../shared/core/setting/believe-reading.ts';
import type { Reason } from '../../../shared/core/setting/reading.ts';
import { newTenantState, type TenantState } from '../../../shared/core/setting/tenant-state.ts';
import { HOUR, type Instant, later, WEEK } from '../../../shared/core/time.ts';
import { at, BLIND_AFTER, check, hourly, kindsOf, REGISTERED, read, type Seen } from './live-through.ts';

const outage = (hours: number) => Array<Seen>(hours).fill('network');
const blind = hourly('enforced', ...outage(6));

/** An unknown reading that is judged at an exact moment. */
function judgeAt(before: TenantState, now: Instant) {
  const reading = { ...read('network', now), observedAt: now };
  return believeReading(before, reading, { runId: 'now', now, blindAfter: BLIND_AFTER }).transition;
}

test('a tenant is blind at blindAfter exactly, and not a millisecond earlier', () => {
  expect(judgeAt(hourly('enforced'), at(BLIND_AFTER - 1))).toBe('none');
  expect(judgeAt(hourly('enforced'), at(BLIND_AFTER))).toBe('blinded');
});

test('a tenant that was never read is blind at blindAfter since its registration', () => {
  expect(judgeAt(newTenantState(REGISTERED), at(BLIND_AFTER - 1))).toBe('none');
  expect(judgeAt(newTenantState(REGISTERED), at(BLIND_AFTER))).toBe('blinded');
});

test('one definite reading among the unknown ones starts the count anew', () => {
  expect(hourly('enforced', ...outage(5), 'enforced', ...outage(5)).blind).toBeNull();
});

test('the reason of a blind tenant is kept up to date, the episode is not opened again', () => {
  const { state, transition, notes } = check(blind, 'role-missing', at(8 * HOUR));
  expect(state.blind).toEqual({ ...blind.blind, reason: 'role-missing', detail: 'it was role-missing' });
  expect([transition, notes, state.blindEpisodes]).toEqual(['none', [], 1]);
});

test('blindness ends with a definite reading, and waits to be told to those who heard of it', () => {
  const told: TenantState = { ...blind, blind: { ...blind.blind!, announcedAt: at(6 * HOUR), toldChannels: ['ops'] } };
  const { state, notes } = check(told, 'enforced', at(8 * HOUR), 'run-8');
  const closedAt = read('enforced', at(8 * HOUR)).observedAt;
  const closedBlind = { number: 1, since: at(0), closedAt, reason: 'network', toldChannels: ['ops'] };
  expect(state).toMatchObject({ blind: null, unreadable: null, closedBlind });
  expect(notes).toEqual([{ kind: 'sighted', runId: 'run-8', episode: 1, since: at(0), verdict: 'enforced' }]);
});

test('blindness that nobody was told of leaves nothing to tell', () => {
  expect(check(blind, 'enforced', at(8 * HOUR)).state.closedBlind).toBeNull();
});

test('blind episodes are numbered one after the other', () => {
  const { blind: second, blindEpisodes } = hourly('enforced', ...outage(6), 'enforced', ...outage(6));
  expect([second?.number, blindEpisodes]).toEqual([2, 2]);
});

test('the end of an unknown stretch is noted with its beginning', () => {
  const { notes } = check(hourly('enforced', 'network', 'throttled'), 'enforced', at(3 * HOUR), 'run-3');
  expect(notes).toEqual([{ kind: 'readable', runId: 'run-3', since: read('network', at(HOUR)).observedAt }]);
});

test('the beginning of an unknown stretch is noted with its reason', () => {
  const { notes } = check(hourly('enforced'), 'throttled', at(HOUR), 'run-1');
  expect(notes).toEqual([{ kind: 'unreadable', runId: 'run-1', reason: 'throttled', detail: 'it was throttled' }]);
});

describe('a cloud in which the setting does not exist', () => {
  const notThere: Reason = 'cloud-not-supported';

  test('is shown as unknown, and never as blind', () => {
    const { state, transition } = check(hourly(notThere), notThere, at(10 * WEEK));
    expect(state).toMatchObject({ phase: 'never-verified', blind: null, unreadable: { reason: notThere } });
    expect(transition).toBe('none');
  });

  test('hides another fault of the same tenant no longer than until that fault is seen again', () => {
    const { state } = check(hourly(notThere), notThere, at(10 * WEEK));
    expect(kindsOf(check(state, 'network', later(at(10 * WEEK), HOUR)))).toEqual(['blinded']);
  });
});
