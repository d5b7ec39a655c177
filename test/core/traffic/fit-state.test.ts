import fc from 'fast-check';
import type { AssessedSource } from '../../../shared/core/traffic/assessed-source.ts';
import { fitState, MOST_CHARACTERS } from '../../../shared/core/traffic/fit-state.ts';
import { type SourceNetwork, UNKNOWN_NETWORK } from '../../../shared/core/traffic/network-context.ts';
import { keepMost, storedLength } from '../../../shared/core/traffic/traffic-state.ts';
import { CONNECTOR, many, sourceOf, stateOf } from './build-state.ts';

test('a state that fits is left as it is', () => {
  const state = stateOf(many(3, { senders: [] }), { sources: [['10.0.0.1', UNKNOWN_NETWORK]] });
  expect(fitState(state)).toEqual(state);
});

test('whatever is in it, a state fits into its row, also the second time', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constant('"\\\n\u0000株'.repeat(200)));
  const spf = { result: 'pass', domain: 'd', mechanism: 'm', prefix: null } as const;
  const size = fc.constantFrom(0, 1, 20, 1500);
  fc.assert(
    fc.property(text, size, size, size, size, (outside, sources, names, connectors, networks) => {
      const assessed = many(sources, { source: outside || 'x', senders: [outside] });
      const network: SourceNetwork = { ...UNKNOWN_NETWORK, spf: { ...spf, includes: [outside, outside] } };
      const repeat = <T>(length: number, item: T) => Array.from({ length }, () => item);
      const state = {
        ...stateOf(assessed, {
          own: { exact: repeat(names, outside), roots: repeat(names, outside), rejected: repeat(names, outside) },
          mailExchangers: repeat(names, { domain: outside, hosts: [outside], addresses: [outside] }),
          connectors: repeat(connectors, { ...CONNECTOR, name: outside }),
          sources: repeat(networks, [outside, network] as const),
        }),
        detail: outside.repeat(9),
      };
      const fitted = fitState(state);
      expect(storedLength(fitted)).toBeLessThanOrEqual(MOST_CHARACTERS);
      expect(fitted.assessed.length + fitted.more).toBe(sources);
      expect(fitState(fitted)).toEqual(fitted);
    }),
    { seed: 11, numRuns: 20 },
  );
});

test('what cannot be listed whole is unknown, because half a list could call an open way closed', () => {
  const { context } = fitState(
    stateOf([], {
      connectors: Array.from({ length: 500 }, () => CONNECTOR),
      mailExchangers: Array.from({ length: 2000 }, () => ({
        domain: 'a.example',
        hosts: ['b.example'],
        addresses: [],
      })),
    }),
  );
  expect(context).toMatchObject({ connectors: null, mailExchangers: null });
});

test('of the networks of thousands of strangers and one known address, the known one stays', () => {
  const stranger: SourceNetwork = { ...UNKNOWN_NETWORK, pointer: { kind: 'none' }, signIns: { users: 0, days: 0 } };
  const office: SourceNetwork = { ...UNKNOWN_NETWORK, signIns: { users: 9, days: 20 } };
  const strangers = Array.from({ length: 5000 }, (_, at) => [`198.51.${at >> 8}.${at & 255}`, stranger] as const);
  const { context } = fitState(stateOf([], { sources: [...strangers, ['203.0.113.9', office]] }));
  expect(context?.sources[0]).toEqual(['203.0.113.9', office]);
  expect(context?.sources.length).toBeLessThan(5000);
});

test('sources that would break and do not fit are counted in words', () => {
  const state = stateOf(many(4000));
  const { readiness } = fitState(state);
  const listed = readiness?.wouldBreak.length ?? 0;
  expect(listed).toBeGreaterThan(50);
  expect(readiness?.why[0]).toBe('4000 sources would be rejected.');
  expect(readiness?.why.at(-1)).toBe(`${4000 - listed} more, with less mail, are not listed one by one.`);
});

describe('which sources are kept', () => {
  const named = ({ assessed }: { readonly assessed: readonly AssessedSource[] }) => new Set(assessed);
  const scanner = sourceOf(70_000, { messages: 5, assessment: 'device-or-app', score: -3 });

  test('a campaign of forgers does not push out a device', () => {
    const kept = keepMost([...many(2000, { assessment: 'likely-spoof' }), scanner]);
    expect(named(kept)).toContain(scanner);
    expect(kept.assessed).toHaveLength(101);
    expect(kept.more).toBe(1900);
  });

  test('nor does a flood of header-only mail, which the setting does not touch', () => {
    const kept = keepMost([...many(2000, { class: 'header-only', messages: 999 }), scanner]);
    expect(named(kept)).toContain(scanner);
    expect(kept).toMatchObject({ more: 1701 });
  });

  test('in little room forgers and devices share it, and the order stays', () => {
    const forgers = many(500, { assessment: 'likely-spoof', score: 9 });
    const devices = many(500, { assessment: 'device-or-app', senders: [], reasons: [] });
    const { assessed } = keepMost([...forgers, ...devices], 120_000);
    expect(assessed.filter(({ assessment }) => assessment === 'likely-spoof').length).toBeGreaterThanOrEqual(2);
    expect(assessed.filter(({ assessment }) => assessment === 'device-or-app').length).toBeGreaterThan(5);
    expect(assessed.map(({ score }) => score)).toEqual(assessed.map(({ score }) => score).sort((a, b) => b - a));
    expect(storedLength(assessed)).toBeLessThanOrEqual(120_000);
  });
});
