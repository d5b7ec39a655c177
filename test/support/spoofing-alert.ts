import type { Alert, AlertFacts } from '../../shared/core/alerts/alert.ts';
import type { Sample } from './alerts-of-every-kind.ts';
import { REAL_TEXTS, spoofSource } from './sample-facts.ts';

type SpoofingFacts = AlertFacts & { kind: 'spoofing-seen' };

/** The sample `spoofing-seen` with other sources; what is not said of a source is as in the sample. */
export function spoofingOf(
  { alert }: Sample,
  sources: readonly Partial<SpoofingFacts['sources'][number]>[],
  change: Partial<SpoofingFacts> = {},
): Alert {
  if (alert.facts.kind !== 'spoofing-seen') throw new Error('The sample is not about forged mail.');
  const all = sources.map((source) => ({ ...spoofSource(REAL_TEXTS), ...source }));
  const messages = all.reduce((sum, source) => sum + source.messages, 0);
  return { ...alert, facts: { ...alert.facts, sources: all, messages, sourcesMore: 0, ...change } };
}
