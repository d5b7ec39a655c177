import { domainToASCII, domainToUnicode } from 'node:url';

/** One accepted domain, as `Get-AcceptedDomain` returns it. The name comes from outside and may be in its own script. */
export interface AcceptedDomain {
  readonly name: string;
  /** True when every domain below this one is accepted too (MatchSubDomains). */
  readonly matchSubdomains: boolean;
}

/** The domains that count as the tenant's own, checked, lower case, without repetition. */
export interface OwnDomains {
  /** Every spelling to compare with: ASCII (punycode), and the name's own script where that differs. */
  readonly exact: readonly string[];
  /** The spellings whose subdomains are own as well. */
  readonly roots: readonly string[];
  /** Names that are no host names, as they came: to be shown to people, never to be put into a query. */
  readonly rejected: readonly string[];
}

const WRITTEN = /^[\p{L}\p{N}\p{M}-]+(?:\.[\p{L}\p{N}\p{M}-]+)+$/u;
const HOST_NAME = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/** The ASCII form of a domain name, or null when it is no host name of letters, digits and hyphens. */
export function toAsciiDomain(name: string): string | null {
  // Checked before the conversion too: that one would decode percent signs and swallow tabs.
  if (!WRITTEN.test(name)) return null;
  const ascii = domainToASCII(name).toLowerCase();
  return HOST_NAME.test(ascii) && !/^[\d.]+$/.test(ascii) ? ascii : null;
}

/** Checks what a tenant calls its accepted domains. Nothing that this rejects may reach a query. */
export function checkDomains(accepted: readonly AcceptedDomain[]): OwnDomains {
  const exact = new Set<string>();
  const roots = new Set<string>();
  const rejected: string[] = [];
  for (const { name, matchSubdomains } of accepted) {
    const ascii = toAsciiDomain(name);
    if (ascii === null) {
      rejected.push(name);
      continue;
    }
    const unicode = domainToUnicode(ascii);
    const spellings = WRITTEN.test(unicode) ? [ascii, unicode] : [ascii];
    for (const spelling of spellings) {
      exact.add(spelling);
      if (matchSubdomains) roots.add(spelling);
    }
  }
  return { exact: [...exact], roots: [...roots], rejected };
}

/** Whether a domain, in any case and either script, is one of the tenant's own. */
export function isOwnDomain(own: OwnDomains, domain: string): boolean {
  const name = domain.toLowerCase();
  return own.exact.includes(name) || own.roots.some((root) => name.endsWith(`.${root}`));
}
