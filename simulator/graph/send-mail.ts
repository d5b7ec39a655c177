import type { SimulatedTenant } from '../tenant/tenant.ts';
import { type HttpRequest, isRecord, parseJson } from '../wire/read-request.ts';
import { type Answer, empty } from '../wire/reply.ts';

/** What Graph does not accept about a mail; null when it is well formed. Line breaks in a subject are refused here. */
export function findMailFault({ body }: HttpRequest): string | null {
  const parsed = parseJson(body);
  const message = isRecord(parsed) ? parsed.message : undefined;
  if (!isRecord(message)) return 'no message';
  if (typeof message.subject !== 'string' || /[\r\n]/.test(message.subject)) return 'no subject on one line';
  const content = message.body;
  if (!isRecord(content) || typeof content.content !== 'string') return 'no body with a content';
  if (!['text', 'html'].includes(String(content.contentType).toLowerCase())) return 'contentType is not Text or HTML';
  const recipients = message.toRecipients;
  if (!Array.isArray(recipients) || recipients.length === 0) return 'no toRecipients';
  return recipients.every(isRecipient) ? null : 'a recipient without an address';
}

/** Takes a mail: 202 and no body, which means accepted and no more. */
export function sendMail(from: string, { body }: HttpRequest, tenant: SimulatedTenant): Answer {
  const parsed = parseJson(body);
  const message = isRecord(parsed) && isRecord(parsed.message) ? parsed.message : {};
  tenant.sentMail.push({ from, message });
  return empty(202);
}

function isRecipient(value: unknown): boolean {
  const address = isRecord(value) && isRecord(value.emailAddress) ? value.emailAddress.address : undefined;
  return typeof address === 'string' && /^[^\s@]+@[^\s@]+$/.test(address);
}
