import type { Services } from '../../shared/jobs/services.ts';
import { wrapServices } from './wrap-services.ts';

/** Processes that all end their first call of that name before any of them goes on: the worst interleaving of them. */
export function meetAt(call: string, processes: readonly Services[]): Services[] {
  let missing = processes.length;
  let open: () => void = () => {};
  const everybodyThere = new Promise<void>((resolve) => {
    open = resolve;
  });
  return processes.map((services) => {
    let first = true;
    return wrapServices(services, async ({ name }, work) => {
      const result = await work();
      if (name !== call || !first) return result;
      first = false;
      missing -= 1;
      if (missing === 0) open();
      await everybodyThere;
      return result;
    });
  });
}
