import type { SimulatedTenant } from '../tenant/tenant.ts';
import { type HttpRequest, isRecord, parseJson } from '../wire/read-request.ts';
import { type Answer, empty } from '../wire/reply.ts';

/** What Graph does not accept about a mail; null when it is well formed. Line breaks in a subject are refused here. */
export function findMailFault(request: HttpRequest): string | null {
  const mime = readMime(request);
  if (mime !== null) return findMimeFault(mime);
  const { body } = request;
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

/** Takes a mail, as JSON or as MIME: 202 and no body, which means accepted and no more. */
export function sendMail(from: string, request: HttpRequest, tenant: SimulatedTenant): Answer {
  const mime = readMime(request);
  const parsed = mime === null ? parseJson(request.body) : { message: { mime } };
  const message = isRecord(parsed) && isRecord(parsed.message) ? parsed.message : {};
  tenant.sentMail.push({ from, message });
  return empty(202);
}

function isRecipient(value: unknown): boolean {
  const address = isRecord(value) && isRecord(value.emailAddress) ? value.emailAddress.address : undefined;
  return typeof address === 'string' && /^[^\s@]+@[^\s@]+$/.test(address);
}

/** The MIME text of a mail that came in base64 as `text/plain`; null when it is JSON. */
function readMime({ headers, body }: HttpRequest): string | null {
  if (!String(headers['content-type']).startsWith('text/plain')) return null;
  return /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(body) ? Buffer.from(body, 'base64').toString('utf8') : '';
}

function findMimeFault(mime: string): string | null {
  const head = mime.split('\r\n\r\n')[0] ?? '';
  const missing = ['From', 'To', 'Subject'].find((name) => !new RegExp(`^${name}: `, 'm').test(head));
  return missing === undefined ? null : `a MIME mail without ${missing}`;
}
