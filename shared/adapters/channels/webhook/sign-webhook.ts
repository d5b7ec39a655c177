import { createHmac } from 'node:crypto';

/** The bytes of a Standard Webhooks secret, `whsec_` and base64 of 24 to 64 bytes; null when it is none. */
export function readSecret(text: string): Buffer | null {
  if (!/^whsec_[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  const bytes = Buffer.from(text.slice('whsec_'.length), 'base64');
  return bytes.length >= 24 && bytes.length <= 64 ? bytes : null;
}

/**
 * The headers that sign an event as Standard Webhooks 1.0.0 says: the id stays the same through retries, the time is that of
 * this attempt in seconds, and there is one signature per secret, newest first, so that a rotation breaks nothing.
 */
export function signWebhook(id: string, body: string, now: Date, secrets: readonly Buffer[]): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signatures = secrets.map((secret) => {
    return `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
