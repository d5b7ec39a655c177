import type { SignInFailure } from '../../../shared/core/setting/classify-sign-in-failure.ts';
import type { Reason } from '../../../shared/core/setting/reading.ts';
import { coded, detailOf, reasonOf, tell } from './sign-in-failures.ts';

/** The table of classes of the sheet exchange-and-graph, section 1. */
const CLASSES: Record<string, [Reason, readonly number[]]> = {
  'the tenant is not set up': [
    'consent-missing',
    [7000229, 700016, 700011, 65001, 650056, 650057, 650051, 90094, 90099, 7000112, 70001, 1000031],
  ],
  'the tenant has no Exchange': ['exchange-unavailable', [500014, 500011, 650052]],
  'our own credential': [
    'credential-rejected',
    [7000215, 7000222, 700027, 7000218, 50012, 700030, 700213, 700211, 700212, 700229],
  ],
  'the tenant is gone or wrong': ['tenant-not-found', [90002, 900023, 5000224, 90038, 900382, 900432]],
  'a policy': ['blocked-by-policy', [53003, 530032, 530034, 53011, 500212, 500213]],
  'delegated sign-in only, about the user': ['consent-missing', [50020, 50177, 50034]],
  'delegated sign-in only, a second factor': ['blocked-by-policy', [50076, 50079]],
  'delegated sign-in only, a dead refresh token': ['credential-rejected', [700082, 70008, 50173, 70043]],
  transient: ['service-error', [50033, 50196, 90006, 90012, 90024, 90033, 90090]],
  'too many requests': ['throttled', [90055]],
};

const LISTED = Object.entries(CLASSES).flatMap(([name, [reason, codes]]) =>
  codes.map((code) => [code, name, reason] as const),
);

test.each(LISTED)('AADSTS%d, %s, is %s', (code, _, reason) => {
  expect(reasonOf({ message: coded('invalid_request', code), status: 400 })).toBe(reason);
});

test.each(LISTED)('AADSTS%d, %s, is %s also when only the description names it', (code, _, reason) => {
  expect(reasonOf({ message: tell('invalid_client', 'Not Available', `AADSTS${code}: Some text.`) })).toBe(reason);
});

describe('a code says more than the OAuth error', () => {
  test('invalid_client is our secret or an app that is missing in the tenant', () => {
    expect(reasonOf({ message: coded('invalid_client', 7000215), status: 401 })).toBe('credential-rejected');
    expect(reasonOf({ message: coded('invalid_client', 7000229), status: 401 })).toBe('consent-missing');
  });

  test('a throttled sign-in is temporarily unavailable', () => {
    expect(reasonOf({ message: coded('temporarily_unavailable', 90055), status: 429 })).toBe('throttled');
  });

  test('the known one of several counts', () => {
    expect(reasonOf({ message: tell('invalid_grant', '123456,7000229', 'AADSTS123456: x') })).toBe('consent-missing');
    expect(detailOf({ message: tell('invalid_grant', '123456,654321', 'AADSTS123456: x') })).toContain('AADSTS123456');
  });

  test('the listed one counts more than the one in the description', () => {
    expect(reasonOf({ message: tell('invalid_grant', '53003', 'AADSTS90002: x') })).toBe('blocked-by-policy');
  });
});

test.each<[string, Reason]>([
  ['temporarily_unavailable', 'service-error'],
  ['server_error', 'service-error'],
  ['invalid_resource', 'exchange-unavailable'],
  ['interaction_required', 'blocked-by-policy'],
  ['consent_required', 'consent-missing'],
  ['invalid_client', 'unexpected-response'],
  ['unauthorized_client', 'unexpected-response'],
  ['invalid_grant', 'unexpected-response'],
  ['invalid_request', 'unexpected-response'],
  ['invalid_scope', 'unexpected-response'],
  ['unsupported_grant_type', 'unexpected-response'],
  ['constructor', 'unexpected-response'],
])('%s with a code that is not listed is %s', (error, reason) => {
  expect(reasonOf({ message: coded(error, 9999999), status: 400 })).toBe(reason);
});

describe('failures without an OAuth answer', () => {
  const unreachable = 'network_error: See https://aka.ms/msal.js.errors#network_error for details';
  test.each<[string, SignInFailure, Reason, string]>([
    [
      'a web page',
      { message: unreachable, status: 502 },
      'service-error',
      'sign-in answered 502 without an OAuth answer',
    ],
    [
      'a web page with 200',
      { message: unreachable, status: 200 },
      'service-error',
      'sign-in answered 200 without an OAuth answer',
    ],
    [
      'no connection',
      { message: unreachable, status: null, networkFault: 'the name\ndoes not resolve' },
      'network',
      'sign-in could not be reached: the name does not resolve',
    ],
    [
      'a cut that nobody saw',
      { message: unreachable, status: null },
      'network',
      'sign-in failed (network_error): network_error: See https://aka.ms/msal.js.errors#network_error for details',
    ],
    [
      'a cut that nobody looked for',
      { message: unreachable },
      'network',
      'sign-in failed (network_error): network_error: See https://aka.ms/msal.js.errors#network_error for details',
    ],
    [
      'an answer without a token',
      { message: 'Response had no "expiresOn" property.', status: 200 },
      'service-error',
      'sign-in answered without a token',
    ],
    [
      '503 without an error',
      { message: 'Something else.', status: 503 },
      'service-error',
      'sign-in answered without a token',
    ],
    ['500 exactly', { message: 'Something else.', status: 500 }, 'service-error', 'sign-in answered without a token'],
    [
      '499',
      { message: 'Something else.', status: 499 },
      'unexpected-response',
      'sign-in failed (no OAuth error): Something else.',
    ],
    [
      '429 until the end',
      { message: unreachable, status: 429 },
      'throttled',
      'sign-in answered 429 until the time for this tenant was used up',
    ],
    [
      'a 429 with a code that explains it',
      { message: coded('invalid_client', 7000229), status: 429 },
      'consent-missing',
      'sign-in failed (invalid_client AADSTS7000229): Some text.',
    ],
    ['something else', { message: 'no idea' }, 'unexpected-response', 'sign-in failed (no OAuth error): no idea'],
    ['nothing at all', { message: '' }, 'unexpected-response', 'sign-in failed (no OAuth error):'],
  ])('%s', (_, failure, reason, detail) => {
    expect([reasonOf(failure), detailOf(failure)]).toEqual([reason, detail]);
  });
});

test('a credential that cannot be made is our own fault, whatever its text says', () => {
  const message = `the managed identity gave no token: ${coded('invalid_client', 7000229)}`;
  expect(reasonOf({ message, ours: true })).toBe('credential-rejected');
  expect(detailOf({ message: 'ENOENT:\nno such file', ours: true })).toBe(
    'our own credential failed: ENOENT: no such file',
  );
  expect(reasonOf({ message: coded('invalid_client', 7000229), ours: false })).toBe('consent-missing');
});
