import type { Alert, AlertDraft } from '../core/alerts/alert.ts';
import { nameAlert } from '../core/alerts/name-alert.ts';
import { appendNotes, type ChainHead, type Note } from '../core/evidence/history.ts';
import { between, type Instant, MINUTE } from '../core/time.ts';
import type { MailboxItem, OutboxRow, Services } from './services.ts';

/** What a pure decision wants to change in one ledger. */
export interface Change<R, T> {
  readonly record: Omit<R, 'chain'>;
  readonly notes: readonly Note[];
  readonly drafts: readonly AlertDraft[];
  readonly result: T;
}

/** What was committed; `outbox` holds the rows that this change created. */
export interface Committed<R, T> {
  readonly record: R;
  readonly outbox: readonly OutboxRow[];
  readonly result: T;
}

/** Where a change belongs, and whom its alerts are about. */
export interface Target {
  readonly scope: string;
  readonly tenant: Alert['tenant'];
}

const MOST_TRIES = 12;
/** Mailbox items without an outbox row are swept away after a while; a commit must not come later than that. */
export const PROVISIONAL_FOR = 15 * MINUTE;
const COMMIT_WITHIN = 10 * MINUTE;

/**
 * Applies a decision to a ledger in one entity group transaction: record, history and outbox together or not at all.
 * The decision may run several times: when another runner was faster, everything is read again. A null decision changes nothing.
 */
export async function commitChange<R extends { chain: ChainHead }, T>(
  services: Services,
  target: Target,
  create: () => R,
  decide: (record: R) => Change<R, T> | { readonly unchanged: T },
): Promise<Committed<R, T>> {
  for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
    const loaded = await services.ledger.load<R>(target.scope);
    const before = loaded?.value ?? create();
    const decision = decide(before);
    if ('unchanged' in decision) return { record: before, outbox: [], result: decision.unchanged };

    const now = services.now().toISOString();
    const { notes, outbox } = addressAlerts(target, decision.drafts, now);
    const { entries, head } = appendNotes(before.chain, now, [...decision.notes, ...notes]);
    const record = { ...decision.record, chain: head } as unknown as R;
    const stamped = outbox.map((row) => stampLedger(row, head));
    // Written first: a crash after the commit must not hide the alert. Without the commit the item points to nothing.
    if (stamped.length > 0) await services.mailbox.add(stamped.map(mailboxItem));
    if (between(now, services.now().toISOString()) > COMMIT_WITHIN) continue;
    const saved = await services.ledger.commit(target.scope, loaded?.version ?? null, record, entries, stamped);
    if (saved === 'conflict') {
      // Many at once take turns better when they do not all come back together.
      await services.wait(attempt * 20);
      continue;
    }
    for (const channel of new Set(stamped.map((row) => row.channel))) await services.hintDelivery(channel);
    return { record, outbox: stamped, result: decision.result };
  }
  throw new Error(
    `the ledger of ${target.scope} was changed by others ${MOST_TRIES} times in a row; the next sweep tries again`,
  );
}

function addressAlerts(target: Target, drafts: readonly AlertDraft[], now: Instant) {
  const notes: Note[] = [];
  const outbox: OutboxRow[] = [];
  for (const { facts, occasion, channels } of drafts) {
    const id = nameAlert(target.scope, facts.kind, occasion);
    notes.push({ kind: 'alerted', alert: facts.kind, alertId: id, channels });
    const alert: Alert = { id, raisedAt: now, tenant: target.tenant, ledger: null, facts };
    for (const channel of channels) {
      outbox.push({
        scope: target.scope,
        channel,
        alert,
        status: 'pending',
        attempts: 0,
        acceptedAt: null,
        lastError: null,
        workflowRun: null,
        digestId: null,
        acknowledged: null,
      });
    }
  }
  return { notes, outbox };
}

/** The newest hash leaves the system with every alert. */
function stampLedger(row: OutboxRow, { seq, hash }: ChainHead): OutboxRow {
  return { ...row, alert: { ...row.alert, ledger: { seq, hash } } };
}

/** The item that points a channel to an outbox row. */
export function mailboxItem({ scope, channel, alert, attempts }: OutboxRow): MailboxItem {
  return {
    channel,
    alertId: alert.id,
    scope,
    kind: alert.facts.kind,
    createdAt: alert.raisedAt,
    nextAt: alert.raisedAt,
    attempts,
    status: 'pending',
    sendingSince: null,
    mayHaveArrived: false,
    accepted: null,
  };
}
