import type { HistoryEntry } from '../../../shared/core/evidence/history.ts';
import { findClosing } from '../../../shared/core/posture/find-closing.ts';
import { sampleChain } from '../../support/sample-rows.ts';

const entryOf = (change: object) => ({ ...sampleChain(1).entries[0]!, ...change }) as HistoryEntry;
const EARLY = entryOf({ kind: 'recovered', closedAt: '2026-10-01T08:00:00.000Z' });
const LATE = entryOf({ kind: 'recovered', closedAt: '2026-10-20T08:00:00.000Z' });
const OTHER = entryOf({ kind: 'sighted', closedAt: '2026-10-30T08:00:00.000Z' });

test('the newest closing, in whatever order the history is given', () => {
  for (const history of [
    [EARLY, LATE, OTHER],
    [OTHER, LATE, EARLY],
  ])
    expect(findClosing(history)).toBe('2026-10-20T08:00:00.000Z');
});

test('none when the tenant was closed already at the first check', () => {
  expect(findClosing([OTHER, entryOf({ kind: 'verified' })])).toBeNull();
  expect(findClosing([entryOf({ kind: 'recovered', closedAt: 7 })])).toBeNull();
  expect(findClosing([])).toBeNull();
});
