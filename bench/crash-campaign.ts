import { startAzurite } from '../simulator/start-azurite.ts';
import { everyDeath, randomLife, SHORT_LIFE } from '../test/support/crash/choose-lives.ts';
import type { Life } from '../test/support/crash/live-through.ts';
import { PLANTED_DEFECTS } from '../test/support/crash/planted-defects.ts';
import { runCampaign, seekDefect } from '../test/support/crash/run-campaign.ts';

/** `npm run campaign [-- LIVES]` kills processes of the alert path after every call and at random; LIVES random lives, 400 when left out. */
const random = Number(process.argv[2] ?? 400);
const accounts = Array.from({ length: 4000 }, (_, nth) => `c${String(nth).padStart(4, '0')}`);
const azurite = await startAzurite(accounts);
let claimed = 0;
const claim = () => azurite.connectionString(accounts[claimed++]);

const recovery = { ...SHORT_LIFE, story: [false, true, true] };
const pair: Life = { ...SHORT_LIFE, tenants: 2, channels: ['ops', 'siem'], deliverers: 2, hints: 'doubled' };
const families: readonly (readonly [string, () => Promise<readonly Life[]>])[] = [
  ['a drift', () => everyDeath(claim, SHORT_LIFE)],
  ['a drift, death not known', () => everyDeath(claim, { ...SHORT_LIFE, deathIsKnown: false, hints: 'lost' })],
  ['a drift, the heir dies too', async () => (await everyDeath(claim, SHORT_LIFE)).map(twice)],
  ['a recovery', () => everyDeath(claim, recovery, 2)],
  ['two tenants, two channels', () => everyDeath(claim, { ...pair, deliverers: 1 })],
  ['the first of two deliverers', () => everyDeath(claim, pair, 1)],
  ['the first of two, death not known', () => everyDeath(claim, { ...pair, deathIsKnown: false }, 1)],
  ['random lives', async () => Array.from({ length: random }, (_, nth) => randomLife(`long ${nth}`))],
];

function twice(life: Life): Life {
  return { ...life, deaths: [...life.deaths, ...life.deaths] };
}

const deathsAfter = new Map<string, number>();
const violations: string[] = [];
console.log(['', 'lives', 'deaths', 'alerts', 'arrived again', 'may have', 'violations'].join(' | '));
for (const [name, choose] of families) {
  const campaign = await runCampaign(claim, await choose(), (done, of) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${name}: ${done} of ${of} `);
  });
  if (process.stderr.isTTY) process.stderr.write('\r');
  const { lives, deaths, alerts, repeats, repeatable } = campaign;
  console.log([name, lives, deaths, alerts, repeats, repeatable, campaign.violations.length].join(' | '));
  for (const [call, count] of campaign.deathsAfter) deathsAfter.set(call, (deathsAfter.get(call) ?? 0) + count);
  violations.push(...campaign.violations.map(({ life, violation }) => `${violation}\n  in ${life}`));
}
console.log('\ndeaths after');
for (const [call, count] of [...deathsAfter].sort(([one], [other]) => one.localeCompare(other))) {
  console.log(`  ${call}: ${count}`);
}
for (const violation of violations) console.log(`\nVIOLATION ${violation}`);

console.log('\nplanted defects');
const competing = [1, 2, 3].map((tenants): Life => ({ ...SHORT_LIFE, tenants, deliverers: 2 }));
const lives = [...competing, ...(await everyDeath(claim, SHORT_LIFE))];
const missed: string[] = [];
for (const [name, defect] of Object.entries(PLANTED_DEFECTS)) {
  const [found] = await seekDefect(claim, lives, defect);
  if (found === undefined) missed.push(name);
  console.log(`  ${name}: ${found ?? 'NOT FOUND'}`);
}
await azurite.stop();
process.exitCode = violations.length + missed.length === 0 ? 0 : 1;
