import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
  appendNotes,
  type ChainHead,
  EMPTY_CHAIN,
  type HistoryEntry,
  hashEntry,
  type Note,
  verifyChain,
} from '../../../shared/core/evidence/history.ts';
import { HOSTILE_TEXTS } from '../../fixtures/hostile-texts.ts';

const AT = '2026-11-02T09:00:00.000Z';
const ZEROS = '0'.repeat(64);
const NOTES: readonly Note[] = [
  { kind: 'registered', registeredAt: AT },
  { kind: 'baseline', runId: 'run-1', askedAt: AT },
  { kind: 'drifted', runId: 'run-2', episode: 1, notBefore: AT, notAfter: AT },
  { kind: 'alerted', alert: 'drifted', alertId: 'VJV2ZFMB3F2HT3YCTMY7NCZCM4', channels: ['ops', 'siem'] },
  { kind: 'recovered', runId: 'run-4', episode: 1, notBefore: null, notAfter: AT, closedAt: AT },
];
const { entries: ENTRIES, head: HEAD } = appendNotes(EMPTY_CHAIN, AT, NOTES);

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('an entry', () => {
  test('carries its number, its time, the hash of the one before, and its own', () => {
    expect(ENTRIES.map(({ seq, at, previousHash }) => [seq, at, previousHash])).toEqual([
      [1, AT, ZEROS],
      ...[1, 2, 3, 4].map((seq) => [seq + 1, AT, ENTRIES[seq - 1]!.hash]),
    ]);
    expect(HEAD).toEqual({ seq: 5, hash: ENTRIES[4]!.hash, purged: null });
  });

  test('is hashed as canonical JSON: keys in order, no spaces, without the hash itself', () => {
    const canonical = `{"at":"${AT}","kind":"registered","previousHash":"${ZEROS}","registeredAt":"${AT}","seq":1}`;
    expect(ENTRIES[0]?.hash).toBe(sha256(canonical));
    expect(hashEntry(ENTRIES[0]!)).toBe(sha256(canonical));
  });

  test('is the same whatever order its details were written in', () => {
    const turned = Object.fromEntries(Object.entries(ENTRIES[2]!).reverse()) as unknown as HistoryEntry;
    expect(hashEntry(turned)).toBe(ENTRIES[2]?.hash);
  });

  test('leaves out details that are not known', () => {
    const { entries } = appendNotes(EMPTY_CHAIN, AT, [{ kind: 'readable', runId: 'run-1', since: undefined }]);
    expect(Object.keys(entries[0]!)).toEqual(['kind', 'runId', 'seq', 'at', 'previousHash', 'hash']);
  });
});

test('appending nothing changes nothing', () => {
  expect(appendNotes(HEAD, AT, [])).toEqual({ entries: [], head: HEAD });
});

test('notes that are appended one by one make the same chain as together', () => {
  let head = EMPTY_CHAIN;
  const entries = NOTES.flatMap((note) => {
    const appended = appendNotes(head, AT, [note]);
    head = appended.head;
    return appended.entries;
  });
  expect({ entries, head }).toEqual({ entries: ENTRIES, head: HEAD });
});

test.each<[string, readonly HistoryEntry[], ChainHead]>([
  ['an empty chain', [], EMPTY_CHAIN],
  ['a whole one', ENTRIES, HEAD],
  ['one that was stored as JSON', JSON.parse(JSON.stringify(ENTRIES)), HEAD],
  ['one whose old end was purged', ENTRIES.slice(2), { ...HEAD, purged: { seq: 2, hash: ENTRIES[1]!.hash } }],
  [
    'one that was purged to its newest entry',
    ENTRIES.slice(4),
    { ...HEAD, purged: { seq: 4, hash: ENTRIES[3]!.hash } },
  ],
])('%s is intact', (_, entries, head) => expect(verifyChain(entries, head)).toBe('intact'));

test('a purge is remembered when the chain goes on', () => {
  const purged = { seq: 2, hash: ENTRIES[1]!.hash };
  const more = appendNotes({ ...HEAD, purged }, AT, [{ kind: 'attested' }]);
  expect(more.head.purged).toEqual(purged);
  expect(verifyChain([...ENTRIES.slice(2), ...more.entries], more.head)).toBe('intact');
});

const edited = (at: number, change: Partial<HistoryEntry>) =>
  ENTRIES.map((entry, one) => (one === at ? { ...entry, ...change } : entry));
const rehashed = (at: number, change: Partial<HistoryEntry>) => {
  return edited(at, { ...change, hash: hashEntry({ ...ENTRIES[at]!, ...change }) });
};
const without = (at: number) => ENTRIES.filter((_, one) => one !== at);
const forged = appendNotes({ ...EMPTY_CHAIN, seq: 2, hash: ENTRIES[1]!.hash }, AT, [{ kind: 'baseline' }]).entries[0]!;

test.each<[string, readonly HistoryEntry[], string]>([
  ['an edited detail', edited(2, { episode: 2 }), 'broken at seq 3: the entry was altered'],
  ['an edited time', edited(0, { at: '2026-11-02T09:00:00.001Z' }), 'broken at seq 1: the entry was altered'],
  ['an added detail', edited(4, { note: 'x' }), 'broken at seq 5: the entry was altered'],
  [
    'an edited entry with a new hash',
    rehashed(2, { episode: 2 }),
    'broken at seq 4: it does not follow the entry before it',
  ],
  [
    'the newest entry edited, with a new hash',
    rehashed(4, { episode: 2 }),
    'broken at seq 5: the newest hash is not the one in the state',
  ],
  ['a deleted entry', without(2), 'broken at seq 3: the entry is missing (found 4)'],
  [
    'a deleted entry, the others renumbered',
    without(2).map((entry, at) => ({ ...entry, seq: at + 1 })),
    'broken at seq 3: it does not follow the entry before it',
  ],
  [
    'an inserted entry',
    [...ENTRIES.slice(0, 2), forged, ...ENTRIES.slice(2)],
    'broken at seq 4: the entry is missing (found 3)',
  ],
  ['an entry twice', [ENTRIES[0]!, ...ENTRIES], 'broken at seq 2: the entry is missing (found 1)'],
  [
    'two entries exchanged',
    [ENTRIES[1]!, ENTRIES[0]!, ...ENTRIES.slice(2)],
    'broken at seq 1: the entry is missing (found 2)',
  ],
  ['the oldest entry cut off', ENTRIES.slice(1), 'broken at seq 1: the entry is missing (found 2)'],
  ['the newest entry cut off', ENTRIES.slice(0, 4), 'broken at seq 5: entries up to 5 are missing'],
  ['all entries cut off', [], 'broken at seq 1: entries up to 5 are missing'],
])('%s is found and named', (_, entries, verdict) => expect(verifyChain(entries, HEAD)).toBe(verdict));

test.each<[string, readonly HistoryEntry[], ChainHead, string]>([
  [
    'more was cut than the purge',
    ENTRIES.slice(3),
    { ...HEAD, purged: { seq: 2, hash: ENTRIES[1]!.hash } },
    'broken at seq 3: the entry is missing (found 4)',
  ],
  [
    'the purged end is another one',
    ENTRIES.slice(2),
    { ...HEAD, purged: { seq: 2, hash: ZEROS } },
    'broken at seq 3: it does not follow the entry before it',
  ],
  [
    'an entry that the state does not know',
    ENTRIES,
    { ...HEAD, seq: 4, hash: ENTRIES[3]!.hash },
    'broken at seq 5: the state does not know of this entry',
  ],
  [
    'a state whose hash is another one',
    ENTRIES,
    { ...HEAD, hash: ZEROS },
    'broken at seq 5: the newest hash is not the one in the state',
  ],
])('a chain and its state must agree: %s', (_, entries, head, verdict) =>
  expect(verifyChain(entries, head)).toBe(verdict),
);

describe('properties', () => {
  const detail = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(...HOSTILE_TEXTS.map(({ text }) => text)));
  const note = fc
    .tuple(fc.constantFrom(...NOTES.map(({ kind }) => kind)), fc.dictionary(fc.string(), detail, { maxKeys: 4 }))
    .map(([kind, details]) => ({ ...details, kind }) as Note);
  const chain = fc.array(note, { minLength: 2, maxLength: 12 }).map((notes) => appendNotes(EMPTY_CHAIN, AT, notes));

  test('whatever is noted, the chain holds, also after it was stored as JSON', () => {
    fc.assert(
      fc.property(chain, ({ entries, head }) => {
        expect(verifyChain(JSON.parse(JSON.stringify(entries)), head)).toBe('intact');
      }),
      { seed: 40, numRuns: 200 },
    );
  });

  test('any other order, any gap and any other detail breaks it', () => {
    fc.assert(
      fc.property(chain, fc.nat(), fc.nat(), ({ entries, head }, some, other) => {
        const [one, two] = [some % entries.length, other % entries.length];
        const exchanged = entries.with(one, entries[two]!).with(two, entries[one]!);
        expect(verifyChain(exchanged, head) === 'intact').toBe(one === two);
        expect(verifyChain(entries.toSpliced(one, 1), head)).toMatch(/^broken at seq/);
        const [key] = Object.keys(entries[one]!)
          .filter((name) => name !== 'hash')
          .slice(some % 3);
        expect(verifyChain(entries.with(one, { ...entries[one]!, [key!]: 'another' }), head)).toMatch(/^broken at seq/);
      }),
      { seed: 41, numRuns: 200 },
    );
  });
});
