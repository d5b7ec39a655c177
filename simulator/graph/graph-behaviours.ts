import type { Behaviour } from '../behaviour/behaviour.ts';
import { retryAfterDate, wireFaults } from '../behaviour/wire-faults.ts';
import { json } from '../wire/reply.ts';
import { graphError, tooManyRequests } from './graph-errors.ts';

/**
 * Faults of Graph. Missing permissions, licences and set-up are states of the tenant (`appRoles`, `defenderPlan2`,
 * `messageTraceProvisioned`, `auditing`); here is what else may come back.
 */
export const graphFaults = {
  ...wireFaults,
  notLicensed: graphError(403, 'Forbidden', 'The tenant is not licensed for Defender for Office 365 Plan 2.'),
  forbidden: graphError(403, 'Forbidden', 'The account does not have the required role.'),
  accessDenied: graphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.'),
  mailboxMissing: graphError(404, 'ErrorInvalidUser', 'The requested user is invalid.'),
  unauthorised: graphError(401, 'InvalidAuthenticationToken', 'Access token has expired or is not yet valid.'),
  throttledWithoutHint: tooManyRequests(),
  throttledForSeconds: tooManyRequests({ 'retry-after': '1' }),
  throttledUntilDate: retryAfterDate(1, tooManyRequests),
  throttledForLong: tooManyRequests({ 'retry-after': '900' }),
  cpuQuotaExceeded: graphError(429, 'TooManyRequests', 'You have exceeded the CPU quota. Try again in 15 minutes.'),
  unknownError: graphError(500, 'UnknownError', ''),
  internalError: graphError(500, 'generalException', 'An internal server error occurred.'),
  unavailable: graphError(503, 'serviceNotAvailable', 'The service is temporarily unavailable.'),
  withoutValue: json(200, {}),
} as const satisfies Record<string, Behaviour>;
