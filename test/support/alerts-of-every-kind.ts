import type { Alert, AlertFacts } from '../../shared/core/alerts/alert.ts';
import { nameAlert } from '../../shared/core/alerts/name-alert.ts';
import type { AlertContext } from '../../shared/core/alerts/story.ts';
import type { Language } from '../../shared/core/alerts/words/words.ts';
import { DAY, HOUR } from '../../shared/core/time.ts';
import * as sample from './sample-facts.ts';

/** One alert with a name for its situation, and what the context adds to it. */
export interface Sample {
  readonly name: string;
  readonly alert: Alert;
  readonly context: Partial<AlertContext>;
}

const TIME_ZONES: Record<Language, string> = { en: 'Europe/London', ja: 'Asia/Tokyo', fi: 'Europe/Helsinki' };
const FLEET_KINDS: readonly string[] = [
  'fleet-blind',
  'fleet-sighted',
  'digest',
  'heartbeat',
  'channel-broken',
  'test',
];

/** The context that a sample is rendered with. */
export function contextOf({ alert, context }: Sample, language: Language, texts = sample.REAL_TEXTS): AlertContext {
  return {
    language,
    timeZone: TIME_ZONES[language],
    possibleRepeat: false,
    traffic: null,
    changedBy: null,
    links: {
      evidence: 'https://watch.example/api/evidence/3d1c5a8e',
      acknowledge: 'https://watch.example/api/acknowledge?token=abc.def',
      runbook: `https://docs.example/alerts/${alert.facts.kind}.md`,
    },
    productName: texts.product,
    ...context,
  };
}

/** Realistic alerts of every kind, several where a kind has variants. */
export function alertsOfEveryKind(texts = sample.REAL_TEXTS): readonly Sample[] {
  const samples: Sample[] = [];
  const add = (name: string, facts: AlertFacts, context: Partial<AlertContext> = {}) => {
    const ofFleet = FLEET_KINDS.includes(facts.kind);
    const domains = [texts.domain, 'fabrikam-print.example'];
    const alert: Alert = {
      id: nameAlert(texts.tenantId, facts.kind, name),
      raisedAt: sample.RAISED,
      tenant: ofFleet ? null : { id: texts.tenantId, name: texts.tenantName, domains },
      ledger: ofFleet ? null : sample.LEDGER,
      facts,
    };
    samples.push({ name, alert, context });
  };
  const { WINDOW: window, RAISED: now, WINDOW_OF_LAST_WEEK: lastWeek, BLIND: blind, FIGURES: figures } = sample;
  const traffic = sample.trafficSeen(texts);
  const mine = sample.ownActor(texts);
  const partner = sample.externalActor(texts);
  const source = sample.spoofSource(texts);

  const opening = { window, checkedAt: now, episode: 2, exceptionEnded: false, heldBack: false };
  const drifted = { kind: 'drifted', ...opening } as const;
  add('drifted', drifted, { traffic });
  add('drifted-traffic-unknown', drifted, { traffic: sample.trafficUnknown(texts) });
  const quiet = { ...traffic, messages: 1, delivered: 0, spoofSources: [], wouldBreak: [] };
  add('drifted-possible-repeat', drifted, { possibleRepeat: true, changedBy: [mine], traffic: quiet });
  add('drifted-exception-ended', { ...drifted, exceptionEnded: true }, { changedBy: [] });

  const found = { kind: 'found-permissive', ...opening, window: { ...window, notBefore: null } } as const;
  const partial = { ...traffic, coverage: 'partial', reason: texts.trafficReason } as const;
  add('found-permissive', found, { traffic: partial });
  add('found-permissive-held-back', { ...found, heldBack: true });

  const reminder = { kind: 'reminder', window: lastWeek, episode: 2, ordinal: 2, verifiedAt: now } as const;
  add('reminder', { ...reminder, because: 'due', unreadable: null }, { changedBy: [partner, mine], traffic });
  add('reminder-escalation', { ...reminder, because: 'escalation', unreadable: null }, { traffic });
  add('reminder-new-channel', { ...reminder, because: 'new-channel', unreadable: null });
  add('reminder-unreadable', { ...reminder, because: 'due', unreadable: 'throttled', verifiedAt: blind.since });

  const openFor = 8 * DAY + 3 * HOUR;
  add('recovered', { kind: 'recovered', window: lastWeek, episode: 2, closedAt: now, openFor }, { traffic });

  const blinded = { kind: 'blinded', ...blind, detail: texts.detail } as const;
  add('blinded', { ...blinded, lastVerdict: 'enforced', verifiedAt: blind.since });
  add('blinded-never-read', { ...blinded, reason: 'consent-missing', detail: '', lastVerdict: null, verifiedAt: null });
  const sighted = { kind: 'sighted', ...blind, closedAt: now, blindFor: 6 * HOUR } as const;
  add('sighted', { ...sighted, verdict: 'enforced' });
  add('sighted-permissive', { ...sighted, verdict: 'permissive' });

  const attributed = { kind: 'attributed', window, episode: 2, noRecord: null } as const;
  add('attributed', { ...attributed, actors: [mine] });
  add('attributed-external', { ...attributed, actors: [partner] });
  add('attributed-several', { ...attributed, actors: [partner, mine, mine] });
  add('attributed-none', { ...attributed, actors: [], noRecord: 'audit-disabled' });

  const { exceptionId, approvedBy, exceptionReason: reason } = texts;
  const until = '2026-12-04T23:59:59.000Z';
  add('exception-expiring', { kind: 'exception-expiring', exceptionId, until, approvedBy, reason }, { traffic });

  const sources = [source, { ...source, source: '2001:db8::7', messages: 3, delivered: 1, junked: 1 }];
  const spoofing = { kind: 'spoofing-seen', window, episode: 2, messages: 15, sources, sourcesMore: 0 } as const;
  add('spoofing-seen', spoofing, { traffic });

  const ours = { reason: 'credential-rejected', since: blind.since } as const;
  add('fleet-blind', { kind: 'fleet-blind', ...ours, failing: 398, checked: 412 });
  add('fleet-sighted', { kind: 'fleet-sighted', ...ours, closedAt: now, blindFor: 5 * HOUR, stillUnknown: 3 });

  add('digest', { kind: 'digest', rows: sample.digestRows(texts, 8) });
  add('digest-of-many', { kind: 'digest', rows: sample.digestRows(texts, 400) });

  const heartbeat = { kind: 'heartbeat', ledgers: 412, ledgerDigest: sample.LEDGER.hash } as const;
  add('heartbeat', { ...heartbeat, every: 'weekly', figures, open: sample.openTenants(texts), openMore: 0 });
  const allEnforced = { ...figures, enforced: 412, permissive: 0, unknown: 0, excepted: 0 };
  add('heartbeat-all-enforced', { ...heartbeat, every: 'monthly', figures: allEnforced, open: [], openMore: 0 });
  const never = { ...figures, enforced: 0, permissive: 0, unknown: 412, excepted: 0, oldestVerifiedAt: null };
  add('heartbeat-never-read', { ...heartbeat, every: 'daily', figures: never, open: [], openMore: 0 });

  const broken = { kind: 'channel-broken', channel: texts.channel, since: blind.since, waiting: 4 } as const;
  add('channel-broken', { ...broken, cause: 'flow-disabled', lastAcceptedAt: lastWeek.notAfter });
  add('channel-broken-from-the-start', { ...broken, cause: 'signature-lost', lastAcceptedAt: null });
  add('test', { kind: 'test' });
  return samples;
}
