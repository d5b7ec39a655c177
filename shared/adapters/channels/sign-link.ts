import { createHmac, timingSafeEqual } from 'node:crypto';
import { DAY } from '../../core/time.ts';

/** What a link on a card points to. */
export interface LinkTarget {
  readonly tenantId: string;
  readonly alertId: string;
  /** The channel that carried the link: its language is that of the page. */
  readonly channel: string;
}

export type OpenedLink =
  | { readonly ok: true; readonly target: LinkTarget }
  | { readonly ok: false; readonly why: 'forged' | 'expired' };

/** A link outlives the weekly reminder after the one that carried it. */
const VALID_FOR = 30 * DAY;

/** A token that points to one alert and expires: `tenantId.alertId.channel.expiry.signature`. */
export function signLink({ tenantId, alertId, channel }: LinkTarget, secret: string, now: Date): string {
  const text = `${tenantId}.${alertId}.${channel}.${now.getTime() + VALID_FOR}`;
  return `${text}.${signatureOf(text, secret).toString('base64url')}`;
}

/** Opens a token that `signLink` made. Compares in constant time; says no more than that it is forged or expired. */
export function openLink(token: string, secret: string, now: Date): OpenedLink {
  const match = /^([0-9a-f-]{36})\.([A-Z2-7]{26})\.([a-z0-9-]{1,63})\.(\d{13})\.([\w-]{43})$/.exec(token);
  if (match === null) return { ok: false, why: 'forged' };
  const [, tenantId = '', alertId = '', channel = '', expiry = '', signature = ''] = match;
  const expected = signatureOf(`${tenantId}.${alertId}.${channel}.${expiry}`, secret);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { ok: false, why: 'forged' };
  if (now.getTime() >= Number(expiry)) return { ok: false, why: 'expired' };
  return { ok: true, target: { tenantId, alertId, channel } };
}

function signatureOf(text: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(`acknowledge|${text}`).digest();
}
