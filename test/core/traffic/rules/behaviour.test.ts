import { behaviour } from '../../../../shared/core/traffic/rules/behaviour.ts';
import { buildCase, pointsOf } from '../build-case.ts';
import { buildDays, type DayInput } from '../build-source.ts';

const people = (count: number) => Array.from({ length: count }, (_, at) => `person${at}@contoso.example`);
const blast = (count: number, input: DayInput = {}): DayInput => ({
  messages: count,
  to: people(count),
  payload: { carrying: count, outsideLinks: count },
  ...input,
});

describe('behaviour', () => {
  test.each([
    ['one day', [12], 1],
    ['all within a week', [12, 14, 18], 1],
    ['a day more', [12, 19], undefined],
    ['since the period began', [1, 2], undefined],
  ])('%s: short-lived %s', (_, days, points) => {
    expect(pointsOf(behaviour, buildCase(buildDays(days)))['short-lived']).toBe(points);
  });

  test.each(['established', 'roaming', 'lasting'] as const)('nothing that is %s is short-lived', (kind) => {
    const standing = kind === 'established' ? { established: 'with-neighbours' as const } : { [kind]: true };
    expect(pointsOf(behaviour, buildCase({}, { standing }))).toEqual({});
  });

  test.each([
    ['five people, six messages', 6, 5, {}, 1],
    ['five people, seven messages', 7, 5, {}, undefined],
    ['four people', 4, 4, {}, undefined],
    ['three people from a person', 3, 3, { people: ['boss@contoso.example'], from: [], senders: { fromPerson: 3 } }, 1],
    [
      'two people from a person',
      2,
      2,
      { people: ['boss@contoso.example'], from: [], senders: { fromPerson: 2 } },
      undefined,
    ],
    ['four people, each to himself', 4, 4, { senders: { toSelf: 4, fromPerson: 4 } }, undefined],
  ] as const)('%s: once %s', (_, messages, count, input, points) => {
    const subject = buildCase({ messages, to: people(count), ...(input as DayInput) });
    expect(pointsOf(behaviour, subject)['one-time-recipients']).toBe(points);
  });

  test.each([{ lasting: true }, { established: 'with-neighbours' as const }])(
    'one address of a service says nothing of whom it reaches',
    (standing) => {
      const subject = buildCase({ messages: 5, to: people(5) }, { standing });
      expect(pointsOf(behaviour, subject)).toEqual({});
      const alone = buildCase({ messages: 5, to: people(5) }, { standing: { established: 'here' } });
      expect(pointsOf(behaviour, alone)).toEqual({ 'one-time-recipients': 1 });
    },
  );

  test.each([
    ['ten people', blast(10), 1],
    ['nine people', blast(9), undefined],
    ['five people with a luring subject', blast(5, { content: { withLure: 5 } }), 1],
    ['ten people with nothing to open', blast(10, { payload: {} }), undefined],
    [
      'ten people by a newsletter service',
      blast(10, { class: 'header-only', authentication: { dkimPass: 10 }, senders: { listShaped: 10 } }),
      undefined,
    ],
    [
      'ten people, signed but with a plain envelope',
      blast(10, { class: 'header-only', authentication: { dkimPass: 10 } }),
      1,
    ],
    [
      'ten people, direct, with the shape of a newsletter',
      blast(10, { authentication: { dkimPass: 10 }, senders: { listShaped: 10 } }),
      1,
    ],
  ] as const)('%s: blast %s', (_, input, points) => {
    expect(pointsOf(behaviour, buildCase(input))['payload-blast']).toBe(points);
  });

  test('a borrowed sender counts while it is short-lived', () => {
    expect(pointsOf(behaviour, buildCase({}, { standing: { borrowed: true } }))['borrowed-sender']).toBe(0.5);
    expect(
      pointsOf(behaviour, buildCase(buildDays([2, 20]), { standing: { borrowed: true } }))['borrowed-sender'],
    ).toBeUndefined();
  });
});
