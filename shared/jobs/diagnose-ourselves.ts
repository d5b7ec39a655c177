import { wordsIn } from '../core/alerts/words/words.ts';
import { MINUTE } from '../core/time.ts';
import { type Diagnosis, describeLine, type Examiner } from './diagnose-tenant.ts';
import type { Services } from './services.ts';
import { fixForStorage } from './word-fix.ts';

/** How far clocks may differ before sign-in assertions and alert windows go wrong. */
const MOST_SKEW = 2 * MINUTE;

/** What does not belong to one tenant: channels, storage, clock. `storageFault` says why storage cannot be used; null: it can. */
export async function diagnoseOurselves(
  services: Services,
  examiner: Examiner,
  storageFault: string | null,
): Promise<Diagnosis[]> {
  const lines: Diagnosis[] = [];
  if (storageFault === null) {
    const channels = await services.registry.channels();
    for (const channel of channels) lines.push(await diagnoseChannel(services, channel));
    if (channels.length === 0) {
      const fix = 'Name one in the tenants file (docs/connect-teams.md), then: dsw tenants import FILE';
      lines.push(describeLine('channels', 'missing', 'no channel is configured, so nobody is told anything', fix));
    }
    lines.push(describeLine('storage', 'works', 'tables and queues answer'));
  } else {
    lines.push(describeLine('channels', 'skipped', 'storage has to work first'));
    lines.push(describeLine('storage', 'missing', storageFault, fixForStorage(storageFault)));
  }
  return [...lines, describeClock(await examiner.clockSkew())];
}

async function diagnoseChannel(
  services: Services,
  channel: Parameters<Services['channels']['check']>[0],
): Promise<Diagnosis> {
  const what = `channel ${channel.id}`;
  const test = `dsw alerts test ${channel.id}`;
  const problem = await services.channels.check(channel);
  if (problem !== null) return describeLine(what, 'missing', problem, `See docs/connect-teams.md. Then: ${test}`);
  const broken = (await services.mailbox.pace(channel.id))?.value.broken ?? null;
  if (broken === null) return describeLine(what, 'works', `not sent to now; try it: ${test}`);
  const fix = `${wordsIn('en').faultFix[broken.cause]} Then: ${test}`;
  return describeLine(what, 'missing', `refuses messages since ${broken.since}: ${broken.detail}`, fix);
}

function describeClock(skew: number | null): Diagnosis {
  if (skew === null) return describeLine('clock', 'skipped', 'the sign-in service did not tell its time');
  if (Math.abs(skew) <= MOST_SKEW) return describeLine('clock', 'works', '');
  const away = `${Math.round(Math.abs(skew) / 1000)} s ${skew > 0 ? 'ahead of' : 'behind'} the sign-in service`;
  const fix = 'Synchronise it (NTP): sign-in and time windows depend on it.';
  return describeLine('clock', 'missing', `this machine is ${away}`, fix);
}
