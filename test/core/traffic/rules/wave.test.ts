import type { PointerName, SourceNetwork } from '../../../../shared/core/traffic/network-context.ts';
import { assess, buildContext, buildDay, type DayInput } from '../build-source.ts';

const PERSON = 'amy@contoso.example';
/** One message from a person to the same person, with a link outside. */
const LURE: DayInput = {
  ...{ messages: 1, people: [PERSON], from: [], to: [PERSON], senders: { toSelf: 1, fromPerson: 1 } },
  payload: { carrying: 1, outsideLinks: 1, toSelf: 1 },
};

interface Campaign {
  /** The network of each source. */
  readonly networks: readonly number[];
  /** What distinguishes the source at a place. */
  readonly input?: (at: number) => DayInput;
  readonly known?: (at: number) => Partial<SourceNetwork>;
}

/** How many sources of a campaign are told to be part of a wave. */
function inWave({ networks, input = () => ({}), known = () => ({}) }: Campaign): number {
  const source = (at: number) => `198.51.${networks[at]}.${at + 7}`;
  const days = networks.map((_, at) => buildDay({ ...LURE, source: source(at), ...input(at) }));
  const sources = Object.fromEntries(networks.map((_, at) => [source(at), known(at)]));
  return assess(days, buildContext(sources)).filter(({ reasons }) => reasons.includes('part-of-a-wave')).length;
}
/** Other people each time, so that only what a test says is shared. */
const otherPeople = (at: number): DayInput => ({ people: [`p${at}@contoso.example`], to: [`p${at}@contoso.example`] });

test.each([
  [[1, 2], 0],
  [[1, 2, 3], 3],
  [[1, 1, 1, 1], 0],
  [[1, 2, 2, 3], 4],
  [[1, 2, 3, 4, 5, 6], 6],
])('sources in the networks %j: %d are a wave', (networks, members) => expect(inWave({ networks })).toBe(members));

test('five networks weigh more than three', () => {
  const scoreOf = (count: number) =>
    assess(Array.from({ length: count }, (_, at) => buildDay({ ...LURE, source: `198.51.${at}.7` })))[0]!.score;
  expect(scoreOf(4)).toBe(scoreOf(3));
  expect(scoreOf(5)).toBe(scoreOf(3) + 1);
  expect(scoreOf(7)).toBe(scoreOf(5));
});

test.each([
  ['within five days', [11, 13, 16], 3],
  ['the first and the last six days apart, each within five of the middle', [11, 14, 17], 1],
  ['over three weeks', [5, 14, 24], 0],
])('%s: %#', (_, days, members) => {
  expect(inWave({ networks: [1, 2, 3], input: (at) => ({ day: days[at]! }) })).toBe(members);
});

describe('what makes them one wave', () => {
  const networks = [1, 2, 3];
  test.each<[string, (at: number) => DayInput, number]>([
    ['people who write to themselves', otherPeople, 3],
    [
      'people who are impersonated',
      (at) => ({ ...otherPeople(at), to: ['boss@contoso.example'], senders: { fromPerson: 1 } }),
      3,
    ],
    [
      'one sender',
      (at) => ({ senders: {}, people: [], from: ['pay@contoso.example'], to: [`p${at}@contoso.example`] }),
      3,
    ],
    [
      'nothing: other senders, each to somebody else',
      (at) => ({ senders: {}, people: [], from: [`s${at}@contoso.example`], to: [`p${at}@contoso.example`] }),
      0,
    ],
    [
      'one link',
      (at) => ({
        ...{ senders: {}, people: [], from: [`s${at}@contoso.example`], to: [`p${at}@contoso.example`] },
        payload: { carrying: 1, outsideLinks: 1, linkDomains: ['evil.example'] },
      }),
      3,
    ],
    [
      'not across the two classes',
      (at) => ({ ...otherPeople(at), class: at === 0 ? 'header-only' : 'direct-send' }),
      0,
    ],
    [
      'not those that carry something with those that do not',
      (at) => ({ ...otherPeople(at), ...(at === 0 && { payload: {} }) }),
      0,
    ],
  ])('%s', (_, input, members) => expect(inWave({ networks, input })).toBe(members));
});

test.each<[string, (at: number) => Partial<SourceNetwork>, number]>([
  [
    'a service is one network, wherever its machines stand',
    (at) => ({ pointer: named(`out${at}.service.example`) }),
    0,
  ],
  [
    'machines with names that any customer has are not',
    (at) => ({ pointer: named(`h-${at + 1}-${at + 7}.host.example`) }),
    3,
  ],
  ['names that are not confirmed say nothing', () => ({ pointer: { kind: 'unconfirmed' } }), 3],
  ['an office takes no part', (at) => (at === 0 ? { signIns: { users: 4, days: 6 } } : {}), 0],
])('%s', (_, known, members) => expect(inWave({ networks: [1, 2, 3], known })).toBe(members));

test('authenticated mail takes no part', () => {
  const authentication = { spfPass: 1, spfFail: 0, dmarcPass: 1, dmarcFail: 0 };
  expect(inWave({ networks: [1, 2, 3], input: (at) => (at === 0 ? { authentication } : {}) })).toBe(0);
});

function named(name: string): PointerName {
  return { kind: 'confirmed', name };
}
