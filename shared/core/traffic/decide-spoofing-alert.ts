import type { AlertFacts } from '../alerts/alert.ts';
import type { Verdict } from '../setting/reading.ts';
import type { Instant } from '../time.ts';
import type { AssessedSource } from './assessed-source.ts';

type SpoofingSource = Extract<AlertFacts, { kind: 'spoofing-seen' }>['sources'][number];

/** The occasion on which sources are looked at. */
export interface SpoofingOccasion {
  readonly verdict: Verdict;
  /** Since when the tenant is permissive, as far as known; null: it was found so. */
  readonly since: Instant | null;
  /** Keys of the sources that were already told of in this episode. */
  readonly told: ReadonlySet<string>;
}

/** What to tell, and under which keys to remember it. */
export interface SpoofingNews {
  readonly keys: readonly string[];
  readonly sources: readonly SpoofingSource[];
}

/**
 * The forgeries to alert about: a permissive tenant, class direct-send, likely-spoof, mail that reached people (inbox or
 * junk), not told before in this episode. Null: nothing to tell. Mail that was kept from people wholly is no news.
 */
export function decideSpoofingAlert(
  sources: readonly AssessedSource[],
  occasion: SpoofingOccasion,
): SpoofingNews | null {
  const { verdict, since, told } = occasion;
  if (verdict !== 'permissive') return null;
  const news = sources.filter(
    ({ key, class: kind, assessment, delivery, lastSeen }) =>
      kind === 'direct-send' &&
      assessment === 'likely-spoof' &&
      delivery !== null &&
      delivery.delivered + delivery.junked > 0 &&
      (since === null || lastSeen >= since) &&
      !told.has(key),
  );
  if (news.length === 0) return null;
  return { keys: news.map(({ key }) => key), sources: news.map(describe) };
}

function describe({ source, messages, delivery, reasons, firstSeen, lastSeen }: AssessedSource): SpoofingSource {
  return {
    source,
    messages,
    delivered: delivery?.delivered ?? 0,
    junked: delivery?.junked ?? 0,
    blocked: (delivery?.quarantined ?? 0) + (delivery?.blocked ?? 0),
    reasons,
    firstSeen,
    lastSeen,
  };
}
