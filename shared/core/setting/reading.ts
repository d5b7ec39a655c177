import type { Instant } from '../time.ts';

/** Why a setting could not be read: the closed list that people and programs script against. */
export const REASONS = [
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
] as const;

export type Reason = (typeof REASONS)[number];

export type Verdict = 'enforced' | 'permissive' | 'unknown';

/** What one answer proved. `detail` is safe to show: no token, no URL query, no control characters. */
export type Finding =
  | { readonly verdict: 'enforced' }
  | { readonly verdict: 'permissive' }
  | { readonly verdict: 'unknown'; readonly reason: Reason; readonly detail: string };

/** One attempt to read `RejectDirectSend` of one tenant. */
export type Reading = Finding & {
  /** When the deciding request was sent: whatever the answer says was true at this moment or later. */
  readonly askedAt: Instant;
  /** When the answer had arrived: whatever it says was true at this moment or earlier. */
  readonly observedAt: Instant;
};

/** Builds the finding of an attempt that proved nothing. */
export function unknown(reason: Reason, detail: string): Finding {
  return { verdict: 'unknown', reason, detail };
}
