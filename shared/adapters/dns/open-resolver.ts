import { promises as dns } from 'node:dns';
import { LRUCache } from 'lru-cache';
import { nameInReverse } from './name-in-reverse.ts';

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

/** Time, as name resolution goes by it. */
export interface ResolverPace {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds until a silent server is asked a second and last time. */
  readonly patience: number;
}

const PACE: ResolverPace = { now: Date.now, patience: 2000 };

const KEPT_FOR = 10 * 60_000;
/** What was not answered is not asked again at once: one dead zone would otherwise cost every source its time-out. */
const SILENCE_KEPT_FOR = 60_000;
const MOST_KEPT = 20_000;
/** So many questions of one type in a row without any answer, and the type is not asked for during a minute: some servers drop PTR. */
const SILENCES_IN_A_ROW = 12;
/** Questions of every type together; it counts only while nothing at all was answered for a minute. */
const ANY = 'any type';
/** Answers that say that there is nothing, as against those that say nothing. */
const EMPTY = new Set(['ENOTFOUND', 'ENODATA']);
/** No answer came at all. */
const SILENT = new Set(['ETIMEOUT', 'ECONNREFUSED', 'ECANCELLED']);

type Answer = { readonly ok: true; readonly records: unknown } | { readonly ok: false; readonly error: Error };

/** Opens name resolution: the system's servers, or the given ones (`ip` or `ip:port`). Answers are kept for ten minutes. */
export function openResolver(servers: readonly string[], { now, patience }: ResolverPace = PACE): Resolver {
  const resolver = new dns.Resolver({ timeout: patience, tries: 2 });
  if (servers.length > 0) resolver.setServers(servers);
  const kept = new LRUCache<string, Promise<Answer>>({
    max: MOST_KEPT,
    ttl: KEPT_FOR,
    ttlResolution: 0,
    perf: { now },
  });
  const silences = new Map<string, { readonly inARow: number; readonly pausedUntil: number }>();
  let answeredAt = Number.NEGATIVE_INFINITY;

  function noteSilence(type: string): void {
    const inARow = (silences.get(type)?.inARow ?? 0) + 1;
    const pausedUntil = inARow >= SILENCES_IN_A_ROW ? now() + SILENCE_KEPT_FOR : 0;
    silences.set(type, { inARow, pausedUntil });
  }

  async function question(name: string, type: string): Promise<Answer> {
    if ([type, ANY].some((one) => now() < (silences.get(one)?.pausedUntil ?? 0)))
      return { ok: false, error: codedError('no name server answers', 'ETIMEOUT') };
    try {
      const records = await resolver.resolve(name, type);
      noteAnswer(type);
      return { ok: true, records };
    } catch (error) {
      if (!SILENT.has(codeOf(error))) noteAnswer(type);
      else {
        noteSilence(type);
        if (now() - answeredAt > SILENCE_KEPT_FOR) noteSilence(ANY);
      }
      return { ok: false, error: error as Error };
    }
  }

  function noteAnswer(type: string): void {
    answeredAt = now();
    silences.delete(type);
    silences.delete(ANY);
  }

  function ask(name: string, type: string): Promise<Answer> {
    const key = `${type} ${name.toLowerCase()}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const asking = question(name, type).then((answer) => {
      const isAnswer = answer.ok || EMPTY.has(codeOf(answer.error));
      if (!isAnswer) kept.set(key, asking, { ttl: SILENCE_KEPT_FOR });
      return answer;
    });
    kept.set(key, asking);
    return asking;
  }

  async function records<T>(name: string, type: string): Promise<readonly T[] | null> {
    const answer = await ask(name, type);
    if (answer.ok) return answer.records as T[];
    return EMPTY.has(codeOf(answer.error)) ? [] : null;
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
      const found = [...(four ?? []), ...(six ?? [])];
      // Half an answer that is empty is no answer: the other half may have had the address.
      return found.length === 0 && (four === null || six === null) ? null : found;
    },
    // Not `reverse`: that says "not found" of a server that is silent, too.
    pointers: (address) => records<string>(nameInReverse(address), 'PTR'),
    async raw(name, type) {
      const answer = await ask(name, type);
      if (!answer.ok) throw answer.error;
      return answer.records;
    },
  };
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

/** An error as `node:dns` throws it, with its code. */
export function codedError(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}
