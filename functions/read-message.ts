import type { InvocationContext } from '@azure/functions';
import type { z } from 'zod';

/** Validates a queue message. A malformed one fails each time and ends in the poison queue, where `dsw status` counts it. */
export function readMessage<T>(schema: z.ZodType<T>, message: unknown, queue: string, context: InvocationContext): T {
  const parsed = schema.safeParse(message);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map((issue) => issue.path.join('.') || 'the message').join(', ');
  context.error(`a message of ${queue} is malformed at ${places}; it goes to ${queue}-poison`);
  throw new Error(`malformed message in ${queue}`);
}
