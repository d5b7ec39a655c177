import fc from 'fast-check';
import {
  type Attribution,
  type AuditAnswer,
  advanceAttribution,
  beginAttribution,
} from '../../../shared/core/evidence/attribution.ts';
import { HOUR, later, MINUTE } from '../../../shared/core/time.ts';
import { ownActor, REAL_TEXTS, WINDOW } from '../../support/sample-facts.ts';

const DRIFT = WINDOW.notAfter;
const at = (milliseconds: number) => later(DRIFT, milliseconds);
const begun = beginAttribution(2, WINDOW, DRIFT);
const step = (before: Attribution, answer: AuditAnswer, after: number) => advanceAttribution(before, answer, at(after));

test('a drift is looked up an hour and a half later: the audit log comes late', () => {
  expect(begun).toEqual({
    ...{ episode: 2, window: WINDOW, startedAt: DRIFT, stage: 0, query: null, outcome: null, dueAt: at(90 * MINUTE) },
  });
});

test('a query that was submitted is polled a minute later, and again while it runs', () => {
  const submitted = step(begun, { kind: 'submitted', id: 'q-1' }, 90 * MINUTE);
  const query = { id: 'q-1', submittedAt: at(90 * MINUTE) };
  expect(submitted).toEqual({ ...begun, query, dueAt: at(91 * MINUTE) });
  expect(step(submitted, { kind: 'running' }, 91 * MINUTE)).toEqual({ ...submitted, dueAt: at(92 * MINUTE) });
});

test('a query that runs for three hours is given up, and the next stage asks anew', () => {
  const submitted = step(begun, { kind: 'submitted', id: 'q-1' }, 90 * MINUTE);
  expect(step(submitted, { kind: 'running' }, 270 * MINUTE - 1).query).not.toBeNull();
  expect(step(submitted, { kind: 'running' }, 270 * MINUTE)).toEqual({ ...begun, stage: 1, dueAt: at(6 * HOUR) });
});

test('whoever was found ends the search', () => {
  const actors = [ownActor(REAL_TEXTS)];
  const submitted = step(begun, { kind: 'submitted', id: 'q-1' }, 90 * MINUTE);
  const outcome = { actors, noRecord: null };
  expect(step(submitted, { kind: 'found', actors }, 2 * HOUR)).toEqual({ ...begun, query: null, outcome, dueAt: null });
});

test('a refusal that time does not mend ends the search with its reason', () => {
  const refused = step(begun, { kind: 'refused', why: 'audit-disabled' }, 90 * MINUTE);
  expect(refused).toEqual({ ...begun, outcome: { actors: [], noRecord: 'audit-disabled' }, dueAt: null });
});

describe.each<[AuditAnswer, string]>([
  [{ kind: 'nothing', limitExceeded: false }, 'not-found'],
  [{ kind: 'nothing', limitExceeded: true }, 'record-limit'],
  [{ kind: 'failed' }, 'service-error'],
])('when the answer is %j', (answer, why) => {
  test('it is asked again six hours and a day after the drift, and then it ends', () => {
    const second = step(begun, answer, 91 * MINUTE);
    expect(second).toMatchObject({ stage: 1, query: null, outcome: null, dueAt: at(6 * HOUR) });
    const third = step(second, answer, 6 * HOUR);
    expect(third).toMatchObject({ stage: 2, outcome: null, dueAt: at(24 * HOUR) });
    expect(step(third, answer, 24 * HOUR)).toMatchObject({ outcome: { actors: [], noRecord: why }, dueAt: null });
  });

  test('a stage whose time has passed comes at once', () => {
    expect(step(begun, answer, 30 * HOUR).dueAt).toBe(at(30 * HOUR));
    expect(step(begun, answer, 6 * HOUR).dueAt).toBe(at(6 * HOUR));
  });
});

test('a query that is still stuck at the last stage ends the search and says so', () => {
  const query = { id: 'q-3', submittedAt: at(24 * HOUR) };
  const last: Attribution = { ...begun, stage: 2, query };
  const outcome = { actors: [], noRecord: 'query-stuck' };
  expect(step(last, { kind: 'running' }, 27 * HOUR)).toEqual({ ...last, query: null, outcome, dueAt: null });
});

test('whatever the service says, the search ends, and it is due exactly until then', () => {
  const answer = fc.constantFrom<AuditAnswer>(
    { kind: 'submitted', id: 'q' },
    { kind: 'running' },
    { kind: 'failed' },
    { kind: 'nothing', limitExceeded: false },
  );
  fc.assert(
    fc.property(fc.infiniteStream(answer), (answers) => {
      let search = begun;
      for (let polls = 0; search.dueAt !== null; polls += 1) {
        expect(search.outcome).toBeNull();
        expect(polls).toBeLessThan(4000);
        const said = search.query === null ? ({ kind: 'submitted', id: 'q' } as const) : answers.next().value;
        search = advanceAttribution(
          search,
          said.kind === 'submitted' && search.query !== null ? { kind: 'running' } : said,
          search.dueAt,
        );
      }
      expect(search.outcome).not.toBeNull();
    }),
    { seed: 42, numRuns: 50 },
  );
});
