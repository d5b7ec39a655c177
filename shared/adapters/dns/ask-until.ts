import { codedError, type Resolver } from './open-resolver.ts';

/** The same name service, which says from the moment on that the signal fires that nobody could tell, also of what is being asked. */
export function askUntil(resolver: Resolver, signal: AbortSignal): Resolver {
  let giveUp: () => void = () => {};
  const over = new Promise<null>((resolve) => {
    giveUp = () => resolve(null);
  });
  if (signal.aborted) giveUp();
  else signal.addEventListener('abort', giveUp, { once: true });
  const orUnknown = <T>(answer: () => Promise<T>): Promise<T | null> =>
    signal.aborted ? Promise.resolve(null) : Promise.race([answer(), over]);
  return {
    txt: (name) => orUnknown(() => resolver.txt(name)),
    mx: (name) => orUnknown(() => resolver.mx(name)),
    addresses: (name) => orUnknown(() => resolver.addresses(name)),
    pointers: (address) => orUnknown(() => resolver.pointers(address)),
    async raw(name, type) {
      const records = await orUnknown(() => resolver.raw(name, type));
      if (records === null) throw codedError('there is no time left to ask a name server', 'ETIMEOUT');
      return records;
    },
  };
}
