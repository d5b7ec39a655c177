import type { Alert } from '../../../shared/core/alerts/alert.ts';
import type { NamedChannel } from '../../../shared/core/registry/tenant.ts';
import type { Services } from '../../../shared/jobs/services.ts';
import { wrapServices } from '../wrap-services.ts';

/** How a process ended. */
export interface Death {
  /** The call whose answer was the last thing it heard. */
  readonly after: string;
  /** `channel alertId` of what had been sent and not yet written down as sent: what may come again. */
  readonly unmarked: readonly string[];
}

/** A process that may die after any of its calls to the world, as if it were killed. */
export interface Mortal {
  readonly services: Services;
  /** Calls that were begun. */
  readonly calls: () => number;
  /** Does work until it is done or the process is dead, and every request that was on its way has ended. */
  live(work: (services: Services) => Promise<void>): Promise<Death | null>;
}

const NEVER = new Promise<never>(() => {});

/** Lets a process die right after the answer to its nth call; null: it lives. Nothing it would do after that happens. */
export function openMortal(immortal: Services, dieAfter: number | null): Mortal {
  let calls = 0;
  let onItsWay = 0;
  let death: Death | null = null;
  let tellDeath: () => void = () => {};
  const died = new Promise<void>((resolve) => {
    tellDeath = resolve;
  });
  let tellQuiet: () => void = () => {};
  const unmarked = new Map<string, readonly string[]>();

  const services = wrapServices(immortal, async ({ name, args }, work) => {
    if (death !== null) return NEVER;
    calls += 1;
    const nth = calls;
    // What is slept through is not on its way to anywhere.
    const isRequest = name !== 'wait';
    if (isRequest) onItsWay += 1;
    if (name === 'channels.send') unmarked.set(channelOf(args), idsOf(args));
    try {
      const result = await work();
      if (name === 'mailbox.save') unmarked.delete(String(args[0]));
      if (death !== null) return NEVER;
      if (nth === dieAfter) {
        death = { after: name, unmarked: [...unmarked.values()].flat() };
        tellDeath();
        return NEVER;
      }
      return result;
    } finally {
      if (isRequest) onItsWay -= 1;
      if (onItsWay === 0) tellQuiet();
    }
  });

  return {
    services,
    calls: () => calls,
    async live(work) {
      await Promise.race([work(services), died]);
      if (death !== null && onItsWay > 0) {
        await new Promise<void>((resolve) => {
          tellQuiet = resolve;
        });
      }
      return death;
    },
  };
}

function channelOf(args: readonly unknown[]): string {
  return (args[0] as NamedChannel).id;
}

function idsOf(args: readonly unknown[]): string[] {
  const { alert } = args[1] as { alert: Alert };
  const ids = alert.facts.kind === 'digest' ? alert.facts.rows.map(({ alertId }) => alertId) : [alert.id];
  return ids.map((id) => `${channelOf(args)} ${id}`);
}
