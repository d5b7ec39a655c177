import fc from 'fast-check';
import { type Behaviour, type Occasion, times } from '../../../simulator/behaviour/behaviour.ts';
import { createSwitchboard } from '../../../simulator/behaviour/create-switchboard.ts';
import { empty } from '../../../simulator/wire/reply.ts';

const occasion = { surface: 'exchange/Get-AcceptedDomain', now: new Date(0) } as Occasion;

describe('a switchboard', () => {
  it('has nothing to say about what was never switched', () => {
    expect(createSwitchboard<'a'>().take(['a'], occasion)).toBeUndefined();
  });

  it('gives each request the next behaviour and stays at the last one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 200, max: 599 }), { minLength: 1 }), fc.nat(20), (statuses, more) => {
        const { behave, take } = createSwitchboard<'a'>();
        behave('a', ...statuses.map((status) => empty(status)));
        const taken = Array.from({ length: statuses.length + more }, () => take(['a'], occasion));
        const last = statuses.at(-1)!;
        expect(taken).toEqual([...statuses, ...new Array<number>(more).fill(last)].map((status) => empty(status)));
      }),
    );
  });

  it('asks the more specific surface first, and the other one when it is healed', () => {
    const { behave, take } = createSwitchboard<'a' | 'a/b'>();
    behave('a', empty(503));
    behave('a/b', 'healthy');
    expect(take(['a/b', 'a'], occasion)).toBe('healthy');
    behave('a/b');
    expect(take(['a/b', 'a'], occasion)).toEqual(empty(503));
  });

  it('does not use up a behaviour that is not concerned', () => {
    const { behave, take } = createSwitchboard<'a'>();
    const picky: Behaviour = ({ surface }) => (surface === 'wanted' ? empty(418) : 'not-concerned');
    behave('a', picky, 'healthy');
    expect(take(['a'], occasion)).toBeUndefined();
    expect(take(['a'], { ...occasion, surface: 'wanted' })).toEqual(empty(418));
    expect(take(['a'], occasion)).toBe('healthy');
  });

  it('repeats a behaviour a number of times', () => {
    expect([...times(2, empty(500)), 'healthy']).toEqual([empty(500), empty(500), 'healthy']);
  });
});
