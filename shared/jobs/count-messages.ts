import { METRIC_ATTRIBUTES, METRICS } from '../core/telemetry-names.ts';
import type { AssessedSource } from '../core/traffic/assessed-source.ts';
import { rowKeyOf } from '../core/traffic/merge-days.ts';
import type { TrafficDay } from '../core/traffic/traffic-day.ts';
import type { Services } from './services.ts';

/** Messages of one source and class that were not known before. */
export interface NewMessages {
  readonly class: TrafficDay['class'];
  readonly source: string;
  readonly messages: number;
}

/** What a reading found beyond the stored rows: unsettled days are read again each time, and their mail is not new each time. */
export function findNewMessages(known: readonly TrafficDay[], read: readonly TrafficDay[]): NewMessages[] {
  const before = new Map(known.map((row) => [rowKeyOf(row), row.messages]));
  const found = read.map((row) => ({ ...row, messages: row.messages - (before.get(rowKeyOf(row)) ?? 0) }));
  return found.filter(({ messages }) => messages > 0);
}

/** Counts new Direct Send messages in telemetry, by what their source is taken for. */
export function countMessages(
  { telemetry }: Pick<Services, 'telemetry'>,
  found: readonly NewMessages[],
  assessed: readonly AssessedSource[],
): void {
  const assessments = new Map(assessed.map((source) => [`${source.class}|${source.key}`, source.assessment]));
  const counts = new Map<string, number>();
  for (const { class: kind, source, messages } of found) {
    const assessment = assessments.get(`${kind}|${source}`);
    if (kind === 'direct-send' && assessment !== undefined) {
      counts.set(assessment, (counts.get(assessment) ?? 0) + messages);
    }
  }
  for (const [assessment, messages] of counts) {
    telemetry.count(METRICS.directSendMessages, messages, { [METRIC_ATTRIBUTES.assessment]: assessment });
  }
}
