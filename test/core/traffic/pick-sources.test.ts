import fc from 'fast-check';
import { pickSources } from '../../../shared/core/traffic/pick-sources.ts';
import { sourceOf } from './build-state.ts';

const anySources = fc
  .array(fc.constantFrom('likely-spoof' as const, 'needs-review' as const, 'device-or-app' as const), { maxLength: 60 })
  .map((assessments) => assessments.map((assessment, at) => sourceOf(at, { assessment })));

test('as many as there is room for, in their order; neither forgers nor others lose places that nobody else wants', () => {
  fc.assert(
    fc.property(anySources, fc.integer({ min: 1, max: 30 }), (sources, most) => {
      const shown = pickSources(sources, most);
      expect(shown).toHaveLength(Math.min(most, sources.length));
      expect(shown).toEqual(sources.filter((source) => shown.includes(source)));
      const forgers = sources.filter(({ assessment }) => assessment === 'likely-spoof');
      const shownForgers = shown.filter(({ assessment }) => assessment === 'likely-spoof');
      // The first of them, and at least their share.
      expect(shownForgers).toEqual(forgers.slice(0, shownForgers.length));
      expect(shownForgers.length).toBeGreaterThanOrEqual(Math.min(forgers.length, Math.floor(most * 0.4)));
    }),
    { seed: 3, numRuns: 200 },
  );
});

test('a hundred forgers leave most places to three devices and ninety undecided', () => {
  const forgers = Array.from({ length: 100 }, (_, at) => sourceOf(at, { assessment: 'likely-spoof' }));
  const others = Array.from({ length: 93 }, (_, at) => sourceOf(200 + at));
  const shown = pickSources([...forgers, ...others], 25);
  expect(shown).toEqual([...forgers.slice(0, 10), ...others.slice(0, 15)]);
});
