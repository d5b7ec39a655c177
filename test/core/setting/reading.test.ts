import { REASONS, unknown } from '../../../shared/core/setting/reading.ts';

test('the reasons for unknown are the closed list that people script against', () => {
  expect(REASONS).toEqual([
    'credential-rejected',
    'consent-missing',
    'role-missing',
    'exchange-unavailable',
    'tenant-not-found',
    'blocked-by-policy',
    'throttled',
    'service-error',
    'network',
    'setting-not-returned',
    'redirect-refused',
    'cloud-not-supported',
    'unexpected-response',
  ]);
});

test('a finding that proves nothing says why', () => {
  expect(unknown('network', 'the connection was cut')).toEqual({
    verdict: 'unknown',
    reason: 'network',
    detail: 'the connection was cut',
  });
});
