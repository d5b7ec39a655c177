import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Instant } from '../time.ts';

/** What a ledger entry can be about. */
export const NOTE_KINDS = [
  'registered',
  'retired',
  'baseline',
  'drifted',
  'found-permissive',
  'recovery-pending',
  'recovery-cleared',
  'recovered',
  'unreadable',
  'readable',
  'blinded',
  'sighted',
  'late-reading',
  'clock-stepped',
  'attested',
  'excepted',
  'exception-ended',
  'alerted',
  'acknowledged',
  'exception-added',
  'exception-removed',
  'maintenance-added',
  'maintenance-removed',
  'source-approved',
  'approval-removed',
  'attributed',
  'traffic-origin',
  'spoofing-seen',
  'fleet-blind',
  'fleet-sighted',
  'channel-broken',
  'channel-mended',
] as const;

export type NoteKind = (typeof NOTE_KINDS)[number];

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** What is to be recorded; the chain adds the rest. */
export interface Note {
  readonly kind: NoteKind;
  readonly [detail: string]: Json | undefined;
}

/** One entry of a tenant's ledger, as it is stored and printed. */
export interface HistoryEntry extends Note {
  /** Counts up by one from 1. */
  readonly seq: number;
  readonly at: Instant;
  /** The hash of the entry before; 64 zeros for the first. */
  readonly previousHash: string;
  /** SHA-256, in hex, over the canonical JSON (RFC 8785) of this entry without `hash`. */
  readonly hash: string;
}

/** Where a chain ends, and where it begins once old entries were purged. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
  /** The newest entry that the retention purge removed; null while the chain is whole. */
  readonly purged: { readonly seq: number; readonly hash: string } | null;
}

const GENESIS = '0'.repeat(64);

export const EMPTY_CHAIN: ChainHead = { seq: 0, hash: GENESIS, purged: null };

/** The hash that an entry must carry. */
export function hashEntry(entry: Omit<HistoryEntry, 'hash'>): string {
  const { hash: _, ...rest } = entry as HistoryEntry;
  return createHash('sha256')
    .update(canonicalize(rest) ?? '')
    .digest('hex');
}

/** Appends notes to a chain, all with the same time. Pure: returns the new entries and the new head. */
export function appendNotes(
  head: ChainHead,
  at: Instant,
  notes: readonly Note[],
): { entries: HistoryEntry[]; head: ChainHead } {
  const entries: HistoryEntry[] = [];
  let { seq, hash } = head;
  for (const note of notes) {
    seq += 1;
    const bare = { ...dropUndefined(note), seq, at, previousHash: hash };
    hash = hashEntry(bare);
    entries.push({ ...bare, hash });
  }
  return { entries, head: { seq, hash, purged: head.purged } };
}

/** `intact`, or a sentence that names the first place where the chain does not hold. */
export function verifyChain(entries: readonly HistoryEntry[], head: ChainHead): string {
  let seq = head.purged?.seq ?? 0;
  let previous = head.purged?.hash ?? GENESIS;
  for (const entry of entries) {
    seq += 1;
    if (entry.seq !== seq) return `broken at seq ${seq}: the entry is missing (found ${entry.seq})`;
    if (entry.previousHash !== previous) return `broken at seq ${seq}: it does not follow the entry before it`;
    if (hashEntry(entry) !== entry.hash) return `broken at seq ${seq}: the entry was altered`;
    previous = entry.hash;
  }
  if (seq > head.seq) return `broken at seq ${head.seq + 1}: the state does not know of this entry`;
  if (seq < head.seq) return `broken at seq ${seq + 1}: entries up to ${head.seq} are missing`;
  if (previous !== head.hash) return `broken at seq ${seq}: the newest hash is not the one in the state`;
  return 'intact';
}

function dropUndefined(note: Note): Note {
  return Object.fromEntries(Object.entries(note).filter(([, value]) => value !== undefined)) as unknown as Note;
}
