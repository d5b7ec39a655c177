import type { Actor, NoRecordReason } from '../alerts/alert.ts';
import type { Window } from '../setting/tenant-state.ts';
import { HOUR, type Instant, later, MINUTE } from '../time.ts';

/** The search for who changed the setting in one drift; kept in the tenant's record and moved on by state, never by sleeping. */
export interface Attribution {
  readonly episode: number;
  readonly window: Window;
  readonly startedAt: Instant;
  /** The audit log comes late: asked at +90 min, +6 h, +24 h (sheet exchange-and-graph, section 6). */
  readonly stage: 0 | 1 | 2;
  /** The query that runs at the service; null when none does. */
  readonly query: { readonly id: string; readonly submittedAt: Instant } | null;
  readonly outcome: { readonly actors: readonly Actor[]; readonly noRecord: NoRecordReason | null } | null;
  /** When something is to be done next; null once there is an outcome. */
  readonly dueAt: Instant | null;
}

/** What the service said at one step. */
export type AuditAnswer =
  | { readonly kind: 'submitted'; readonly id: string }
  | { readonly kind: 'running' }
  | { readonly kind: 'found'; readonly actors: readonly Actor[] }
  | { readonly kind: 'nothing'; readonly limitExceeded: boolean }
  | { readonly kind: 'refused'; readonly why: NoRecordReason }
  | { readonly kind: 'failed' };

const STAGES = [90 * MINUTE, 6 * HOUR, 24 * HOUR] as const;
const POLL_AGAIN = MINUTE;
/** A query that runs longer than this is given up; the next stage asks anew. */
const STUCK_AFTER = 3 * HOUR;

/** The search that begins with a drift. */
export function beginAttribution(episode: number, window: Window, now: Instant): Attribution {
  return { episode, window, startedAt: now, stage: 0, query: null, outcome: null, dueAt: later(now, STAGES[0]) };
}

/** The search after one step. Pure. Ends with actors, with a refusal that time does not mend, or after the last stage. */
export function advanceAttribution(before: Attribution, answer: AuditAnswer, now: Instant): Attribution {
  switch (answer.kind) {
    case 'submitted':
      return { ...before, query: { id: answer.id, submittedAt: now }, dueAt: later(now, POLL_AGAIN) };
    case 'running': {
      const stuck = before.query !== null && later(before.query.submittedAt, STUCK_AFTER) <= now;
      return stuck ? nextStage(before, 'query-stuck', now) : { ...before, dueAt: later(now, POLL_AGAIN) };
    }
    case 'found':
      return { ...before, query: null, outcome: { actors: answer.actors, noRecord: null }, dueAt: null };
    case 'nothing':
      return nextStage(before, answer.limitExceeded ? 'record-limit' : 'not-found', now);
    case 'refused':
      return { ...before, query: null, outcome: { actors: [], noRecord: answer.why }, dueAt: null };
    case 'failed':
      return nextStage(before, 'service-error', now);
  }
}

function nextStage(before: Attribution, why: NoRecordReason, now: Instant): Attribution {
  const stage = before.stage + 1;
  const wait = STAGES[stage];
  if (wait === undefined) return { ...before, query: null, outcome: { actors: [], noRecord: why }, dueAt: null };
  const at = later(before.startedAt, wait);
  return { ...before, stage: stage as 1 | 2, query: null, dueAt: at > now ? at : now };
}
