import { createHash } from 'node:crypto';
import type { Instant } from '../time.ts';
import { contains } from './address-block.ts';
import type { SourceEvidence } from './source-evidence.ts';

/** A person's word that a source is known. Kept in the ledger. */
export interface Approval {
  readonly id: string;
  /** An address or a block (`203.0.113.0/28`, `2001:db8:1:2::/64`). */
  readonly block: string;
  /** The only sender it covers, lower case; null: any sender of the source. */
  readonly sender: string | null;
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
  readonly until: Instant;
}

/** The print of an address, as the queries make it: the first 8 hex digits of the SHA-256 of its lower case. */
export function printOf(address: string): string {
  return createHash('sha256').update(address.toLowerCase()).digest('hex').slice(0, 8);
}

/** Whether a person approved a source; `other-senders`: an approval covers only some of its senders. */
export type ApprovalState = 'yes' | 'other-senders' | 'no';

/** Whether an approval that is in force covers the source. */
export function findApproval(
  { key, addresses, senders }: SourceEvidence,
  approvals: readonly Approval[],
  now: Instant,
): ApprovalState {
  const blocks = addresses.length > 0 ? addresses : [key];
  const fitting = approvals.filter(
    ({ block, until, at }) =>
      at <= now &&
      until > now &&
      (block === key || contains(block, key) || blocks.every((one) => contains(block, one))),
  );
  if (fitting.some(({ sender }) => sender === null)) return 'yes';
  const allowed = new Set(fitting.map(({ sender }) => printOf(sender ?? '')));
  if (fitting.length > 0 && senders.prints.every((print) => allowed.has(print))) return 'yes';
  return fitting.length > 0 ? 'other-senders' : 'no';
}
