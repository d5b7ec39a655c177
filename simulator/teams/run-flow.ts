import { isRecord, parseJson } from '../wire/read-request.ts';

/** What became of a run, behind the back of whoever triggered it. */
export type RunResult =
  | { readonly kind: 'posted'; readonly cards: readonly Record<string, unknown>[] }
  | { readonly kind: 'failed'; readonly error: string };

/** The largest message that the post action takes, in bytes. */
const LARGEST_MESSAGE = 28 * 1024;

/** Runs the template "Send each adaptive card" over the body of a trigger. */
export function runFlow(body: string): RunResult {
  const message = parseJson(body);
  const attachments = isRecord(message) ? message.attachments : undefined;
  if (!Array.isArray(attachments)) {
    const kind = attachments === undefined ? 'Null' : 'Object';
    return failed(
      `The execution of template action 'Send_each_adaptive_card' failed: the result of the evaluation of 'foreach' expression '@triggerOutputs()?['body']?['attachments']' is of type '${kind}'. The result must be a valid array.`,
    );
  }
  const cards: Record<string, unknown>[] = [];
  for (const attachment of attachments) {
    const card = isRecord(attachment) ? attachment.content : undefined;
    if (!isRecord(card) || card.type !== 'AdaptiveCard') {
      return failed("AdaptiveSerializationException: Property 'type' must be 'AdaptiveCard'");
    }
    cards.push(card);
  }
  if (Buffer.byteLength(body) > LARGEST_MESSAGE) return failed('Request Entity too large');
  return { kind: 'posted', cards };
}

function failed(error: string): RunResult {
  return { kind: 'failed', error };
}
