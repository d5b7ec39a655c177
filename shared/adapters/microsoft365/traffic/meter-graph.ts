import type { SendRequest } from '../../http/send-request.ts';

/** How much of a tenant's quotas one reading has used; what the SDK repeats counts too. */
export interface GraphMeter {
  readonly send: SendRequest;
  /** Hunting calls that this reading may still make. */
  huntsLeft(): number;
  /** Message trace calls, details included, that this reading may still make. */
  tracesLeft(): number;
  /** Whether the newest answer was too large to be read. */
  wasTooLarge(): boolean;
}

/** Hunting calls of one reading: for the mail, and for what is asked about its sources afterwards. 45 a minute are allowed (sheet exchange-and-graph, 5.1). */
export const MOST_HUNTS = { mail: 34, sources: 8 } as const;
/** 100 calls in five minutes are allowed (sheet exchange-and-graph, 5.2). */
const MOST_TRACES = 90;

/** Counts the calls of one reading of one tenant on their way to Graph. */
export function meterGraph(send: SendRequest, mostHunts: number): GraphMeter {
  let [hunts, traces, tooLarge] = [0, 0, false];
  return {
    async send(request, limits) {
      if (request.url.includes('/security/runHuntingQuery')) hunts += 1;
      if (request.url.includes('/tracing/messageTraces')) traces += 1;
      const outcome = await send(request, limits);
      tooLarge = outcome.kind === 'failed' && outcome.cause === 'too-large';
      return outcome;
    },
    huntsLeft: () => mostHunts - hunts,
    tracesLeft: () => MOST_TRACES - traces,
    wasTooLarge: () => tooLarge,
  };
}
