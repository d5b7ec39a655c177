import type { Settings } from '../config/settings.ts';
import type { MakeLinks } from './open-channels.ts';
import { signLink } from './sign-link.ts';

/** Links to the app exist only where it has an address and a secret to sign them with. */
export function makeLinks(settings: Settings, now: () => Date): MakeLinks {
  const { publicUrl, linkSecret, runbookUrl } = settings;
  return ({ alert }, channel) => {
    const runbook = `${runbookUrl}/${alert.facts.kind}.md`;
    if (publicUrl === null || linkSecret === null || alert.tenant === null) return { runbook };
    const token = signLink({ tenantId: alert.tenant.id, alertId: alert.id, channel }, linkSecret, now());
    const page = `${publicUrl}/api/acknowledge?link=${token}`;
    return { runbook, acknowledge: page, evidence: `${page}#evidence` };
  };
}
