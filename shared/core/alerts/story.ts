import type { Instant } from '../time.ts';
import type { Actor, Alert, TrafficGlance } from './alert.ts';
import type { Times } from './format-time.ts';
import type { Language } from './words/words.ts';
import type { Words } from './words/words-shape.ts';

/** What is known around an alert when it is rendered; the alert itself was fixed when it was raised. */
export interface AlertContext {
  readonly language: Language;
  /** IANA name; beside UTC, times are shown in this zone. */
  readonly timeZone: string;
  /** True when an earlier attempt may have been accepted: the reader is told, and finds the same alert id. */
  readonly possibleRepeat: boolean;
  /** Null when traffic was never read: shown as unknown. */
  readonly traffic: TrafficGlance | null;
  /** Null while the audit log has not answered; empty when it answered without a match. */
  readonly changedBy: readonly Actor[] | null;
  /** Https URLs that this product made; anything else is left out. */
  readonly links: { readonly evidence?: string; readonly acknowledge?: string; readonly runbook?: string };
  readonly productName: string;
}

/** How much is said; a smaller set of limits makes a smaller message. */
export interface Limits {
  /** Graphemes of one text from outside. */
  readonly text: number;
  /** Rows of all lists together. */
  readonly rows: number;
  /** Whether facts that are nice to have are shown. */
  readonly optional: boolean;
}

export interface Fact {
  readonly title: string;
  readonly value: string;
  /** Left out when space is short. */
  readonly optional?: true;
}

/** A list: of tenants, of sources, of audit records. */
export interface Group {
  readonly heading: string | null;
  readonly rows: readonly { readonly title: string; readonly detail: string }[];
  /** `and N more`; null when all rows are there. */
  readonly more: string | null;
}

/** What the reader should do: sentences before a command, the command alone, sentences after it. */
export interface Steps {
  readonly before: readonly string[];
  readonly command: string | null;
  readonly after: readonly string[];
}

/** The colour that a medium may add; every meaning is also in words. */
export type Tone = 'attention' | 'warning' | 'good' | 'accent';

/** What one kind of alert has to say. */
export interface Told {
  readonly tone: Tone;
  /** One clause for the first line. */
  readonly story: string;
  readonly impact: string;
  readonly notes: readonly string[];
  readonly facts: readonly Fact[];
  readonly groups: readonly Group[];
  readonly steps: Steps | null;
  readonly checkedAt: Instant;
  /** What proves more than the alert's own ledger entry does. */
  readonly proof?: Fact;
}

/** An alert in words, the same for every medium. All texts from outside are escaped for the medium already. */
export interface Story extends Omit<Told, 'story' | 'checkedAt' | 'proof'> {
  /** The first line: the phone's notification shows no more. */
  readonly headline: string;
  /** What proves this message: alert id, time of the check, newest ledger entry. */
  readonly proof: readonly Fact[];
  readonly links: readonly { readonly title: string; readonly url: string }[];
  readonly whatToDo: string;
  readonly sentBy: string;
}

/** What every tell function gets. */
export interface Telling {
  readonly alert: Alert;
  readonly context: AlertContext;
  readonly words: Words;
  readonly times: Times;
  readonly limits: Limits;
  /** Escapes a text from outside for the medium; an empty one becomes a dash. `max` defaults to the limit for texts. */
  show(raw: string, max?: number): string;
  /** Escapes an identifier (GUID, alert id, hash), which is never shortened below 64 characters. */
  showId(raw: string): string;
}
