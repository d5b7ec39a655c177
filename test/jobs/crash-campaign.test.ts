import { claimStorage } from '../support/claim-storage.ts';
import { everyDeath, randomLife, SHORT_LIFE } from '../support/crash/choose-lives.ts';
import { PLANTED_DEFECTS } from '../support/crash/planted-defects.ts';
import { runCampaign, seekDefect } from '../support/crash/run-campaign.ts';

/** The short form; `npm run campaign` is the long one. */
const TIME = 120_000;

it(
  'an alert survives the death of its process after any of its calls',
  async () => {
    const lives = await everyDeath(claimStorage, SHORT_LIFE);
    const { violations, deaths, deathsAfter, repeats, repeatable } = await runCampaign(claimStorage, lives);
    expect(violations).toEqual([]);
    expect(deaths).toBe(lives.length);
    for (const call of ['mailbox.add', 'ledger.commit', 'hintDelivery', 'channels.send', 'ledger.saveOutboxRow']) {
      expect([...deathsAfter.keys()]).toContain(call);
    }
    // The one window in which an alert may come twice was hit, and nothing else repeated.
    expect([repeats, repeatable]).toEqual([1, 1]);
  },
  TIME,
);

it(
  'random deaths of several processes, hints lost and doubled, two who deliver at once: nothing is lost',
  async () => {
    const lives = Array.from({ length: 12 }, (_, nth) => randomLife(`short ${nth}`));
    const { violations, deaths, repeats, repeatable } = await runCampaign(claimStorage, lives);
    expect(violations).toEqual([]);
    expect(deaths).toBeGreaterThan(10);
    expect(repeats).toBeLessThanOrEqual(repeatable);
  },
  TIME,
);

describe('the campaign finds a planted defect', () => {
  it.each([
    ['itemsAfterCommit', /never arrived/],
    ['outboxApart', /history tells of .*, the outbox does not/],
    ['acceptedBeforePost', /never arrived/],
  ] as const)(
    '%s',
    async (name, expected) => {
      const lives = await everyDeath(claimStorage, SHORT_LIFE);
      const violations = await seekDefect(claimStorage, lives, PLANTED_DEFECTS[name]);
      expect(violations.join('\n')).toMatch(expected);
    },
    TIME,
  );

  it(
    'noLease',
    async () => {
      const lives = [1, 2, 3].map((tenants) => ({ ...SHORT_LIFE, tenants, deliverers: 2 as const }));
      const violations = await seekDefect(claimStorage, lives, PLANTED_DEFECTS.noLease);
      expect(violations.join('\n')).toMatch(/arrived 2 times; 0 crashes explain that/);
      // With the lease nothing of this kind happens.
      expect((await runCampaign(claimStorage, lives)).violations).toEqual([]);
    },
    TIME,
  );
});
