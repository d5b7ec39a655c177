import { impersonation } from '../../../../shared/core/traffic/rules/impersonation.ts';
import { buildCase, pointsOf } from '../build-case.ts';
import { buildDay, type DayInput } from '../build-source.ts';

const people = (count: number) => Array.from({ length: count }, (_, at) => `person${at}@contoso.example`);
const selves = (count: number, input: DayInput = {}): DayInput => ({
  messages: count,
  people: people(count),
  from: [],
  to: people(count),
  ...input,
  senders: { toSelf: count, fromPerson: count, ...input.senders },
});
const load = (messages: number, toSelf = messages) => ({
  payload: { carrying: messages, outsideLinks: messages, toSelf },
});

describe('impersonation', () => {
  test.each([
    ['half of the messages to oneself', { messages: 4, senders: { toSelf: 2 } }, { 'self-to-self': 2 }],
    ['less than half', { messages: 5, senders: { toSelf: 2 } }, {}],
    [
      'three in ten of them with something to open',
      selves(10, { ...load(3) }),
      { 'self-to-self': 2, 'self-to-self-with-payload': 1, 'many-impersonated-senders': 2 },
    ],
    ['fewer of them', selves(9, { ...load(2) }), { 'self-to-self': 2 }],
    ['links in other mail of the same address', selves(9, { ...load(5, 0) }), { 'self-to-self': 2 }],
    [
      'a person to somebody else',
      { people: people(1), from: [], senders: { fromPerson: 2 } },
      { 'impersonates-person': 2 },
    ],
    ['a device mostly', { people: people(1), senders: { fromPerson: 1 } }, {}],
    ['two people', { people: people(2), from: [], senders: { fromPerson: 4 } }, { 'impersonates-person': 2 }],
    [
      'three people',
      { people: people(3), from: [], senders: { fromPerson: 4 } },
      { 'impersonates-person': 2, 'many-impersonated-senders': 1 },
    ],
    [
      'ten people',
      { messages: 10, people: people(10), from: [], senders: { fromPerson: 10 } },
      { 'impersonates-person': 2, 'many-impersonated-senders': 2 },
    ],
    ['nine people to themselves, plain', selves(9), { 'self-to-self': 2 }],
    ['ten people to themselves, plain, once each', selves(10), { 'self-to-self': 2, 'many-impersonated-senders': 2 }],
    [
      'ten people to themselves again and again',
      selves(15, { people: people(10), to: people(10) }),
      { 'self-to-self': 2 },
    ],
    [
      'nine people through a service in the header',
      { class: 'header-only', messages: 9, people: people(9), from: [], senders: { fromPerson: 9 } },
      { 'impersonates-person': 2 },
    ],
    [
      'ten people through a service in the header',
      { class: 'header-only', messages: 10, people: people(10), from: [], senders: { fromPerson: 10 } },
      { 'impersonates-person': 2, 'many-impersonated-senders': 2 },
    ],
  ] as const)('%s', (_, input, expected) => {
    expect(pointsOf(impersonation, buildCase(input as DayInput))).toEqual(expected);
  });

  test('where mailboxes are unknown, every sender may be one', () => {
    const day = buildDay({ from: ['a@contoso.example', 'b@contoso.example', 'c@contoso.example'] });
    const unknown = { ...day, senders: { ...day.senders, fromPerson: null } };
    expect(pointsOf(impersonation, buildCase([day]))).toEqual({});
    expect(pointsOf(impersonation, buildCase([unknown]))).toEqual({ 'many-impersonated-senders': 1 });
  });
});
