import type { CheckedTenant } from '../core/schemas.ts';
import { activeException, inMaintenance } from '../core/setting/policy.ts';
import type { AssessedSource } from '../core/traffic/assessed-source.ts';
import { decideSpoofingAlert } from '../core/traffic/decide-spoofing-alert.ts';
import { newTenantRecord, policyOf, targetOf } from './check-tenant.ts';
import { commitChange } from './commit-change.ts';
import type { OutboxRow, Services, TenantRecord } from './services.ts';

/** Keys that are remembered per episode. */
const MOST_KEYS = 500;

/** Tells of forgeries that reached people while the tenant is permissive: once per source and episode, all new ones in one alert. */
export async function tellSpoofing(
  services: Services,
  tenant: CheckedTenant,
  assessed: readonly AssessedSource[],
): Promise<readonly OutboxRow[]> {
  const committed = await commitChange<TenantRecord, null>(
    services,
    targetOf(tenant),
    () => newTenantRecord(tenant.registeredAt),
    (record) => {
      const now = services.now().toISOString();
      const { open, phase } = record.state;
      if (open === null || inMaintenance(record.windows, now)) return { unchanged: null };
      const before = record.spoofing?.episode === open.number ? record.spoofing.keys : [];
      const news = decideSpoofingAlert(assessed, {
        verdict: phase === 'permissive' ? 'permissive' : 'unknown',
        since: open.window.notBefore,
        told: new Set(before),
      });
      if (news === null) return { unchanged: null };
      const spoofing = { episode: open.number, keys: [...before, ...news.keys].slice(-MOST_KEYS) };
      const facts = {
        kind: 'spoofing-seen',
        window: open.window,
        episode: open.number,
        sources: news.sources,
      } as const;
      const occasion = `${open.number}|${open.openedAt}|${[...news.keys].sort().join(',')}`;
      // Abuse is told also of a tenant that is allowed to be permissive: the approval was not for this.
      const excepted = activeException(record.exceptions, now) !== null;
      const note = {
        kind: 'spoofing-seen',
        episode: open.number,
        excepted,
        sources: news.sources.map(({ source }) => source),
      } as const;
      return {
        record: { ...record, spoofing },
        notes: [note],
        drafts: [{ facts, occasion, channels: policyOf(tenant, record).channels }],
        result: null,
      };
    },
  );
  return committed.outbox;
}
