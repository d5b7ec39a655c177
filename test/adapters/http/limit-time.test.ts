import { limitTime } from '../../../shared/adapters/http/limit-time.ts';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('it fires when the time is over, as a time-out', () => {
  const { signal } = limitTime(1000);
  jest.advanceTimersByTime(999);
  expect(signal.aborted).toBe(false);
  jest.advanceTimersByTime(1);
  expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
});

test('it fires with the signal around it, for its reason', () => {
  const around = new AbortController();
  const { signal } = limitTime(1000, around.signal);
  around.abort('the tenant had its time');
  expect(signal.reason).toBe('the tenant had its time');
});

test('a signal that has fired already leaves no time at all', () => {
  expect(limitTime(1000, AbortSignal.abort()).signal.aborted).toBe(true);
});

test('once the work has ended nothing is left of it', () => {
  const around = new AbortController();
  const limit = limitTime(1000, around.signal);
  limit.end();
  around.abort();
  expect(jest.getTimerCount()).toBe(0);
  expect(limit.signal.aborted).toBe(false);
});
