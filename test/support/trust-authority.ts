import tls from 'node:tls';

/** Authorities that somebody relies on now, once for each who does. */
const trusted: string[] = [];
let before: readonly string[] | null = null;

/** Lets this process trust an authority until the returned function is called; several may rely on it at once. */
export function trustAuthority(authority: string): () => void {
  before ??= tls.getCACertificates('default');
  const set = (authorities: readonly string[]) => tls.setDefaultCACertificates([...(before ?? []), ...authorities]);
  trusted.push(authority);
  set(trusted);
  return () => {
    trusted.splice(trusted.indexOf(authority), 1);
    set(trusted);
  };
}
