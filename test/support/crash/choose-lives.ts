import { teamsBehaviours } from '../../../simulator/teams/teams-behaviours.ts';
import { createRandom } from '../../traffic-corpus/random.ts';
import { type Life, liveThrough } from './live-through.ts';

/** Gives the connection string of an empty storage account. */
export type ClaimStorage = () => string;

/** One tenant drifts and tells one channel; whoever checks also delivers. */
export const SHORT_LIFE: Life = {
  tenants: 1,
  channels: ['ops'],
  story: [false],
  deaths: [],
  hints: 'kept',
  deliverers: 1,
  deathIsKnown: true,
  receiver: [],
};

/** The life once for each call that its nth process makes: that process dies right after the answer. */
export async function everyDeath(claim: ClaimStorage, life: Life, nth = 0): Promise<Life[]> {
  const { calls } = await liveThrough(claim(), { ...life, deaths: [] });
  const before = new Array<null>(nth).fill(null);
  return Array.from({ length: calls[nth] ?? 0 }, (_, at) => ({ ...life, deaths: [...before, at + 1] }));
}

/** A life that a seed decides: several tenants and channels, several deaths, hints lost and doubled, two who deliver at once. */
export function randomLife(seed: string): Life {
  const random = createRandom(seed);
  const faults = [teamsBehaviours.internalError, teamsBehaviours.throttledForSeconds, 'healthy'] as const;
  return {
    tenants: random.int(1, 4),
    channels: random.chance(0.5) ? ['ops', 'siem'] : ['ops'],
    story: random.pick([[false], [false, true, true], [false, true, false, true, true]]),
    deaths: Array.from({ length: random.int(1, 6) }, () => (random.chance(0.8) ? random.int(1, 70) : null)),
    hints: random.pick(['kept', 'lost', 'doubled']),
    deliverers: random.pick([1, 2]),
    deathIsKnown: random.chance(0.5),
    receiver: random.some(faults, random.int(0, 3)),
  };
}
