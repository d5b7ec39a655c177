import type { Instant } from '../time.ts';
import type { Anchor } from './find-anchors.ts';
import type { ReasonCode } from './reason-words.ts';
import type { SourceEvidence } from './source-evidence.ts';
import type { DeliveryCounts, TrafficClass } from './traffic-day.ts';

/** What a source is taken for. None of the words means "safe". */
export const ASSESSMENTS = [
  'likely-spoof',
  'needs-review',
  'device-or-app',
  'authorised-by-dns',
  'forwarder-or-list',
  'approved',
] as const;

export type Assessment = (typeof ASSESSMENTS)[number];

/** The assessments in words for people. */
export const ASSESSMENT_WORDS: Readonly<Record<Assessment, string>> = {
  'likely-spoof': 'likely a forgery',
  'needs-review': 'cannot be decided from what is known: a person should look',
  'device-or-app': 'consistent with a device or program of the tenant',
  'authorised-by-dns': "consistent with a service that the tenant's DNS authorises",
  'forwarder-or-list': 'consistent with forwarding or a mailing list',
  approved: 'approved by a person, or a simulation that the tenant ordered',
};

/** How much could be seen: everything; senders and authentication but no content; counts and addresses only. */
export type Confidence = 'normal' | 'reduced' | 'low';

/** One source with its assessment and the reasons for it. */
export interface AssessedSource {
  /** With the class the stable name of the source; `source` is what people are shown. */
  readonly key: string;
  readonly source: string;
  readonly class: TrafficClass;
  readonly assessment: Assessment;
  readonly confidence: Confidence;
  /** The sum of the points that counted; 5 and more accuse. */
  readonly score: number;
  /** Everything that was found, heaviest first; what did not count is among it. */
  readonly reasons: readonly ReasonCode[];
  readonly anchors: readonly Anchor[];
  readonly messages: number;
  /** Null: what became of the messages is unknown. */
  readonly delivery: DeliveryCounts | null;
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  /** For charts: days with mail, ascending. */
  readonly days: SourceEvidence['days'];
  /** At most 5 header From addresses; empty when samples are turned off. */
  readonly senders: readonly string[];
}
