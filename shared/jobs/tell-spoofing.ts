import type { CheckedTenant } from '../core/schemas.ts';
import { activeException, inMaintenance } from '../core/setting/policy.ts';
import type { AssessedSource } from '../core/traffic/assessed-source.ts';
import { decideSpoofingAlert, type SpoofingNews } from '../core/traffic/decide-spoofing-alert.ts';
import { newTenantRecord, policyOf, targetOf } from './check-tenant.ts';
import { commitChange } from './commit-change.ts';
import type { OutboxRow, Services, TenantRecord } from './services.ts';

/** Sources that are told of in one episode: who was named a thousand forgers knows, and the record has to fit into its row. */
const MOST_TOLD = 1000;
const MOST_LISTED = 50;
const MOST_REASONS = 8;

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
      if (before.length >= MOST_TOLD) return { unchanged: null };
      const news = decideSpoofingAlert(assessed, {
        verdict: phase === 'permissive' ? 'permissive' : 'unknown',
        since: open.window.notBefore,
        told: new Set(before),
      });
      if (news === null) return { unchanged: null };
      const keys = news.keys.slice(0, MOST_TOLD - before.length);
      const { listed, ...totals } = summarise(news.sources.slice(0, keys.length));
      const facts = {
        kind: 'spoofing-seen',
        window: open.window,
        episode: open.number,
        ...totals,
        sources: listed,
      } as const;
      const occasion = `${open.number}|${open.openedAt}|${[...keys].sort().join(',')}`;
      const note = {
        kind: 'spoofing-seen',
        episode: open.number,
        // Abuse is told also of a tenant that is allowed to be permissive: the approval was not for this.
        excepted: activeException(record.exceptions, now) !== null,
        sources: listed.map(({ source }) => source),
        sourcesMore: totals.sourcesMore,
      } as const;
      const spoofing = { episode: open.number, keys: [...before, ...keys] };
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

/** An alert has to fit into one row as well: the sources whose mail reached most people stand for the rest. */
function summarise(sources: SpoofingNews['sources']) {
  const reached = ({ delivered, junked }: SpoofingNews['sources'][number]) => delivered + junked;
  const sorted = [...sources].sort((one, other) => reached(other) - reached(one));
  return {
    messages: sources.reduce((sum, { messages }) => sum + messages, 0),
    listed: sorted.slice(0, MOST_LISTED).map((one) => ({ ...one, reasons: one.reasons.slice(0, MOST_REASONS) })),
    sourcesMore: Math.max(0, sources.length - MOST_LISTED),
  };
}
