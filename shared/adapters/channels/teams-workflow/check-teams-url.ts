import { isAllowedHost } from '../allowed-hosts.ts';

/** Hosts of Teams workflow triggers (sheet alerting, 1.1). The URL itself stays opaque: its path changed three times. */
const WORKFLOW_SUFFIXES = [
  '.environment.api.powerplatform.com',
  '.environment.api.gov.powerplatform.microsoft.us',
  '.environment.api.high.powerplatform.microsoft.us',
  '.environment.api.appsplatform.us',
  '.environment.api.powerplatform.partner.microsoftonline.cn',
  '.logic.azure.com',
];

const HOW =
  'In Teams add the workflow "Post to a channel when a webhook request is received" and use the URL that it shows';

/**
 * What is wrong with a Teams workflow URL; null when nothing is. Never repeats the URL, which is a secret.
 * `allowedHosts` are further hosts (`host` or `host:port`) for which only https is required.
 */
export function checkTeamsUrl(text: string, allowedHosts: readonly string[]): string | null {
  if (/&amp;/i.test(text)) return 'contains "&amp;": it was copied out of a web page; put "&" in its place';
  if (!URL.canParse(text)) return `is not a URL. ${HOW}`;
  const url = new URL(text);
  const isConnector = url.hostname.endsWith('.webhook.office.com') || /^outlook\.office(365)?\.com$/.test(url.hostname);
  if (isConnector)
    return `belongs to an Office 365 connector; those were retired in 2026. ${HOW} (docs/connect-teams.md)`;
  if (url.protocol !== 'https:') return 'must begin with https://';
  if (url.username !== '' || url.password !== '') return 'must not carry a user name';
  if (isAllowedHost(url, allowedHosts)) return null;
  const isWorkflow = WORKFLOW_SUFFIXES.some((suffix) => url.hostname.endsWith(suffix));
  if (!isWorkflow || !['', '443'].includes(url.port)) {
    return `is not on a host of Teams workflows; allow another host with DSW_WEBHOOK_HOSTS. ${HOW}`;
  }
  if (!/\/workflows\/.+\/triggers\/manual\/paths\/invoke\/?$/.test(url.pathname)) {
    return `is not the address of a workflow's trigger. ${HOW}`;
  }
  if ((url.searchParams.get('sig') ?? '') === '') {
    return 'has no "sig": the trigger must allow "Anyone"; copy the whole URL again';
  }
  return null;
}
