import type { HttpRequest } from '../wire/read-request.ts';
import { type Answer, gzipped, type Reply } from '../wire/reply.ts';

/**
 * A part of the simulated service whose behaviour can be switched. A surface after a slash is a part of the one before
 * it and goes first: `exchange/Get-AcceptedDomain` before `exchange`.
 */
export type Surface =
  /** The token endpoint. */
  | 'signIn'
  /** The OpenID configuration that sign-in libraries ask for before. */
  | 'discovery'
  /** The identity endpoint of the Functions host. */
  | 'managedIdentity'
  /** InvokeCommand; the part is the cmdlet. */
  | 'exchange'
  | `exchange/${string}`
  /** The Exchange Admin API v2.0; the part is the endpoint. */
  | 'adminApi'
  | `adminApi/${string}`
  /** Microsoft Graph. */
  | 'graph'
  | 'graph/hunting'
  | 'graph/messageTrace'
  | 'graph/auditQuery'
  | 'graph/sendMail'
  | 'graph/customers';

/** What a behaviour that depends on the request gets to see. */
export interface Occasion {
  readonly request: HttpRequest;
  /** The most specific surface of the request. */
  readonly surface: string;
  readonly now: Date;
}

/** Does what a healthy service does, but changes how its answer goes over the wire. */
export interface HealthyAs {
  readonly kind: 'healthy-as';
  transform(answer: Answer): Reply;
}

export type Decision = 'healthy' | Reply | HealthyAs;

/** How a surface treats one request. A function may say that the request is none of its concern; it is then not used up. */
export type Behaviour = Decision | ((occasion: Occasion) => Decision | 'not-concerned');

/** The work is done, but `reply` goes out in place of its answer: the window in which work is done twice. */
export function healthyThen(reply: Reply): HealthyAs {
  return { kind: 'healthy-as', transform: () => reply };
}

/** The healthy answer after so many milliseconds. */
export function healthyAfter(ms: number): HealthyAs {
  return { kind: 'healthy-as', transform: (answer) => ({ kind: 'late', answer, ms }) };
}

/** The healthy answer byte by byte, one each so many milliseconds. */
export function healthyInDrips(everyMs: number): HealthyAs {
  return { kind: 'healthy-as', transform: (answer) => ({ kind: 'drip', answer, everyMs }) };
}

/** The healthy answer, compressed whatever the client accepts. */
export const healthyCompressed: HealthyAs = { kind: 'healthy-as', transform: gzipped };

/** The same behaviour `count` times, to be spread into a sequence: `behave('exchange', ...times(2, fault), 'healthy')`. */
export function times(count: number, behaviour: Behaviour): Behaviour[] {
  return new Array<Behaviour>(count).fill(behaviour);
}
