import { clean } from './interpret-answer.ts';

/** Whether a redirect may be followed, and where to; the request is sent again there with its bearer. */
export type RedirectDecision =
  | { readonly follow: true; readonly url: string }
  | { readonly follow: false; readonly why: string };

export const MOST_REDIRECTS = 8;

/** Hosts that Exchange redirects to (sheet, section 2): regional servers of the same cloud. */
const EXCHANGE_SUFFIXES = [
  '.outlook.com',
  '.office365.com',
  '.outlook.office365.us',
  '.outlook-dod.office365.us',
  '.outlook.cn',
  '.office365.cn',
];

/**
 * Decides about one redirect. A bearer token goes only to https, to the exact host and port that was configured or to
 * Microsoft's own suffixes on the default port; a repeated address is a loop.
 */
export function decideRedirect(
  from: string,
  location: string | null,
  configured: string,
  visited: readonly string[],
): RedirectDecision {
  if (location === null || location.trim() === '') return refuse('the redirect named no address');
  let url: URL;
  try {
    url = new URL(location, from);
  } catch {
    return refuse('the redirect named no valid address');
  }
  if (url.protocol !== 'https:') return refuse(`the redirect left https (${url.protocol}//${url.hostname})`);
  if (url.username !== '' || url.password !== '') return refuse('the redirect carried a user name');
  url.hash = '';
  const toConfigured = url.host === new URL(configured).host;
  if (!toConfigured) {
    // Exchange names its regional servers on an inner port that is closed from outside (sheet, section 2).
    if (url.port === '446') url.port = '443';
    const known = EXCHANGE_SUFFIXES.some((suffix) => url.hostname.endsWith(suffix));
    if (!known || url.port !== '') return refuse(`the redirect led to ${url.host}, which is not an Exchange host`);
  }
  if (visited.includes(url.href)) return refuse('the redirects went in a circle');
  if (visited.length > MOST_REDIRECTS) return refuse(`there were more than ${MOST_REDIRECTS} redirects`);
  return { follow: true, url: url.href };
}

function refuse(why: string): RedirectDecision {
  return { follow: false, why: clean(why) };
}
