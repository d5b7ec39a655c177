import { promises as dns } from 'node:dns';
import { LRUCache } from 'lru-cache';

/** One question to the name service: the records, none (`[]`), or null when nobody could tell. Never throws. */
export interface Resolver {
  txt(name: string): Promise<readonly string[] | null>;
  /** Host names, most preferred first. */
  mx(name: string): Promise<readonly string[] | null>;
  /** IPv4 and IPv6 addresses. */
  addresses(name: string): Promise<readonly string[] | null>;
  pointers(address: string): Promise<readonly string[] | null>;
  /** As `dns.promises.resolve`, throwing, for libraries that ask by themselves; cached like the others. */
  raw(name: string, type: string): Promise<unknown>;
}

const KEPT_FOR = 10 * 60_000;
const MOST_KEPT = 20_000;
/** Answers that say that there is nothing, as against those that say nothing. */
const EMPTY = new Set(['ENOTFOUND', 'ENODATA']);

type Answer = { readonly ok: true; readonly records: unknown } | { readonly ok: false; readonly error: unknown };

/** Opens name resolution: the system's servers, or the given ones (`ip` or `ip:port`). Answers are kept for ten minutes. */
export function openResolver(servers: readonly string[]): Resolver {
  const resolver = new dns.Resolver({ timeout: 3000, tries: 2 });
  if (servers.length > 0) resolver.setServers(servers);
  const kept = new LRUCache<string, Promise<Answer>>({ max: MOST_KEPT, ttl: KEPT_FOR });

  function ask(name: string, type: string): Promise<Answer> {
    const key = `${type} ${name.toLowerCase()}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const asking = (type === 'PTR' ? resolver.reverse(name) : resolver.resolve(name, type)).then(
      (records): Answer => ({ ok: true, records }),
      (error: unknown): Answer => {
        // Silence of a server is no answer to keep.
        if (!EMPTY.has((error as NodeJS.ErrnoException).code ?? '')) kept.delete(key);
        return { ok: false, error };
      },
    );
    kept.set(key, asking);
    return asking;
  }

  async function records<T>(name: string, type: string): Promise<readonly T[] | null> {
    const answer = await ask(name, type);
    if (answer.ok) return answer.records as T[];
    return EMPTY.has((answer.error as NodeJS.ErrnoException).code ?? '') ? [] : null;
  }

  return {
    async txt(name) {
      const found = await records<string[]>(name, 'TXT');
      return found?.map((pieces) => pieces.join('')) ?? null;
    },
    async mx(name) {
      const found = await records<{ priority: number; exchange: string }>(name, 'MX');
      if (found === null) return null;
      const sorted = [...found].sort((one, other) => one.priority - other.priority);
      return sorted.map(({ exchange }) => exchange.toLowerCase().replace(/\.$/, '')).filter((host) => host !== '');
    },
    async addresses(name) {
      const [four, six] = await Promise.all([records<string>(name, 'A'), records<string>(name, 'AAAA')]);
      if (four === null && six === null) return null;
      return [...(four ?? []), ...(six ?? [])];
    },
    pointers: (address) => records<string>(address, 'PTR'),
    async raw(name, type) {
      const answer = await ask(name, type);
      if (!answer.ok) throw answer.error;
      return answer.records;
    },
  };
}
