import type { Behaviour } from '../behaviour/behaviour.ts';

/** A Workflows flow that posts cards to a Teams channel. */
export interface Flow {
  readonly name: string;
  /** The whole trigger address; its `sig` makes it a secret. */
  readonly url: string;
  /** Whatever is not Enabled refuses its trigger with a 400. */
  state: 'Enabled' | 'Disabled' | 'Deleted' | 'Suspended';
  /** Somebody gave the trigger a schema that wants every `contentUrl` to be a string. */
  strictSchema: boolean;
  /** Invocations within five minutes that are served; then 429. */
  invocationsPerFiveMinutes: number;
  /** Triggers that the service took: accepted, and no more. */
  readonly accepted: readonly AcceptedTrigger[];
  /** Cards that reached the channel; the caller cannot see this. */
  readonly posted: readonly PostedCard[];
  /** Runs that failed after their trigger was accepted; the caller cannot see this. */
  readonly failedRuns: readonly FailedRun[];
  /** Sets the behaviours of the next triggers, one each; the last one stays. None at all: healthy. */
  behave(...sequence: Behaviour[]): void;
}

export interface AcceptedTrigger {
  readonly at: string;
  readonly runId: string;
  readonly body: string;
}

export interface PostedCard {
  readonly at: string;
  readonly runId: string;
  /** The Adaptive Card as it was sent. */
  readonly card: Readonly<Record<string, unknown>>;
}

export interface FailedRun {
  readonly runId: string;
  /** As it stands in the history of the flow. */
  readonly error: string;
}
