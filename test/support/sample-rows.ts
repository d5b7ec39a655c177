import type { Alert } from '../../shared/core/alerts/alert.ts';
import { nameAlert } from '../../shared/core/alerts/name-alert.ts';
import { appendNotes, type ChainHead, EMPTY_CHAIN, type HistoryEntry } from '../../shared/core/evidence/history.ts';
import { later, MINUTE } from '../../shared/core/time.ts';
import { mailboxItem } from '../../shared/jobs/commit-change.ts';
import type { MailboxItem, OutboxRow } from '../../shared/jobs/services.ts';

const AT = '2026-11-20T08:00:00.000Z';

/** The nth alert of a scope on its way to a channel. */
export function sampleOutboxRow(scope: string, nth: number, change: Partial<OutboxRow> = {}): OutboxRow {
  const facts = {
    kind: 'drifted',
    window: { notBefore: null, notAfter: AT },
    checkedAt: AT,
    episode: nth,
    exceptionEnded: false,
    heldBack: false,
  } as const;
  const alert: Alert = {
    id: nameAlert(scope, 'drifted', String(nth)),
    raisedAt: later(AT, nth * MINUTE),
    tenant: { id: scope, name: 'Fabrikam GmbH', domains: [] },
    ledger: null,
    facts,
  };
  return {
    scope,
    channel: 'ops',
    alert,
    status: 'pending',
    attempts: 0,
    acceptedAt: null,
    lastError: null,
    workflowRun: null,
    digestId: null,
    acknowledged: null,
    ...change,
  };
}

export function sampleItem(scope: string, nth: number, change: Partial<MailboxItem> = {}): MailboxItem {
  return { ...mailboxItem(sampleOutboxRow(scope, nth)), ...change };
}

/** A chain of so many entries, a minute apart, and where it ends. */
export function sampleChain(length: number): { entries: HistoryEntry[]; head: ChainHead } {
  const entries: HistoryEntry[] = [];
  let head = EMPTY_CHAIN;
  for (let nth = 0; nth < length; nth += 1) {
    const appended = appendNotes(head, later(AT, nth * MINUTE), [{ kind: 'attested', nth }]);
    entries.push(...appended.entries);
    head = appended.head;
  }
  return { entries, head };
}
