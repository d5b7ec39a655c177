import { runAbreast } from '../../../shared/jobs/run-abreast.ts';
import type { ClaimStorage } from './choose-lives.ts';
import { type Life, liveThrough } from './live-through.ts';
import type { Defect } from './planted-defects.ts';

/** What a campaign found, in figures. */
export interface Campaign {
  lives: number;
  deaths: number;
  /** Deaths by the call after whose answer they came. */
  readonly deathsAfter: Map<string, number>;
  /** Alerts that had to arrive, one for each channel. */
  alerts: number;
  /** Copies beyond the first that arrived. */
  repeats: number;
  /** Alerts that had been sent and not yet been marked when a process died: the most repeats that may be. */
  repeatable: number;
  readonly violations: { readonly life: string; readonly violation: string }[];
}

const ABREAST = 3;

/** Lives all the lives, some at a time, and adds up. */
export async function runCampaign(
  claim: ClaimStorage,
  lives: readonly Life[],
  onProgress: (done: number, of: number) => void = () => {},
): Promise<Campaign> {
  const empty = { lives: 0, deaths: 0, alerts: 0, repeats: 0, repeatable: 0 };
  const campaign: Campaign = { ...empty, deathsAfter: new Map(), violations: [] };
  await runAbreast(lives, { abreast: ABREAST }, async (life) => {
    const { deaths, alerts, repeats, violations } = await liveThrough(claim(), life);
    campaign.lives += 1;
    campaign.deaths += deaths.length;
    campaign.alerts += alerts;
    campaign.repeats += repeats;
    for (const { after, unmarked } of deaths) {
      campaign.repeatable += unmarked.length;
      campaign.deathsAfter.set(after, (campaign.deathsAfter.get(after) ?? 0) + 1);
    }
    for (const violation of violations) campaign.violations.push({ life: describeLife(life), violation });
    onProgress(campaign.lives, lives.length);
  });
  return campaign;
}

/** Lives the lives with a defect until it shows. Returns what showed, or nothing. */
export async function seekDefect(
  claim: ClaimStorage,
  lives: readonly Life[],
  defect: Defect,
): Promise<readonly string[]> {
  for (const life of lives) {
    const { violations } = await liveThrough(claim(), { ...life, defect });
    if (violations.length > 0) return violations;
  }
  return [];
}

/** A life in one line, enough to live it again. */
function describeLife({ receiver, defect: _, ...life }: Life): string {
  return JSON.stringify({ ...life, receiver: receiver.length });
}
