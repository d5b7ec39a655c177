import type { Services } from '../../shared/jobs/services.ts';

/** One call of a service: `ledger.commit` with its arguments. */
export interface ServiceCall {
  readonly name: string;
  readonly args: readonly unknown[];
}

/** Does a call, or something else in its place. */
export type Around = <T>(call: ServiceCall, work: () => Promise<T>) => Promise<T>;

/** Members that touch nothing of the world, or answer out of memory. */
const LEFT_ALONE = new Set(['now', 'owner', 'log', 'telemetry', 'policy', 'channels.groups']);

type Call = (...args: unknown[]) => Promise<unknown>;

/** The same services with every asynchronous call led through `around`. */
export function wrapServices(services: Services, around: Around): Services {
  const wrap = (name: string, member: unknown): unknown => {
    if (LEFT_ALONE.has(name)) return member;
    if (typeof member === 'function')
      return (...args: unknown[]) => around({ name, args }, () => (member as Call)(...args));
    if (typeof member !== 'object' || member === null) return member;
    const methods = Object.entries(member).map(([key, method]) => [key, wrap(`${name}.${key}`, method)]);
    return Object.fromEntries(methods);
  };
  const wrapped = Object.fromEntries(Object.entries(services).map(([name, member]) => [name, wrap(name, member)]));
  const fleet = { ...(wrapped.fleet as Services['fleet']), rows: () => readAll(services.fleet.rows, around) };
  return { ...wrapped, fleet } as unknown as Services;
}

/** A listing is one call: its pages are not told apart. */
async function* readAll<T>(list: () => AsyncIterable<T>, around: Around): AsyncIterable<T> {
  yield* await around({ name: 'fleet.rows', args: [] }, async () => {
    const rows: T[] = [];
    for await (const row of list()) rows.push(row);
    return rows;
  });
}
