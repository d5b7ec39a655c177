import type { Alert } from '../../core/alerts/alert.ts';
import type { AlertContext } from '../../core/alerts/story.ts';
import type { NamedChannel } from '../../core/registry/tenant.ts';
import type { SendResult } from '../../jobs/services.ts';

/** What a channel is asked to say once. */
export interface Message {
  readonly alert: Alert;
  readonly context: AlertContext;
  /** 0 at first; each step asks for a message of half the size. */
  readonly shrink: number;
}

/** One kind of channel: a file per kind (README.md beside this shows how to add one). */
export interface ChannelSender<Type extends NamedChannel['type']> {
  readonly type: Type;
  /** Whether several alerts may go out as one message. */
  readonly groups: boolean;
  /** Sends one message once. Never throws: a fault is a result. */
  send(channel: NamedChannel & { type: Type }, message: Message): Promise<SendResult>;
  /** What is wrong with the channel's configuration, for a person; null when nothing is. Repeats no secret. */
  check(channel: NamedChannel & { type: Type }): Promise<string | null>;
}

/** A request to a channel may take so long in all (sheet alerting, 4): a lease must outlive it. */
export const ANSWER_WITHIN = 20_000;
/** Answers of channels are short; a larger one is not read. */
export const LARGEST_ANSWER = 64 * 1024;
