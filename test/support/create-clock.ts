import type { Instant } from '../../shared/core/time.ts';

/** A clock that stands still until a test moves it, or until everybody who could move on is waiting for it. */
export interface TestClock {
  now(): Date;
  /** The present moment as text. */
  instant(): Instant;
  /** Moves by so many milliseconds, also backwards; whoever waits for a moment that has come goes on. */
  advance(milliseconds: number): void;
  /** Resolves after so many milliseconds of this clock. The clock jumps there by itself once nothing else is going on. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Runs work during which the clock does not jump: a request takes no time of this clock, but real time. */
  during<T>(work: () => Promise<T>): Promise<T>;
}

interface Sleeper {
  readonly at: number;
  wake(): void;
}

/** Creates a clock; all processes of one test share it. */
export function createClock(start: Instant): TestClock {
  let present = Date.parse(start);
  let busy = 0;
  let looking = false;
  const sleepers = new Set<Sleeper>();

  function wakeDue(): void {
    for (const sleeper of sleepers) if (sleeper.at <= present) sleeper.wake();
  }

  /** Two turns of the event loop let everything go on that an ended call has set free. */
  function look(): void {
    if (looking) return;
    looking = true;
    setImmediate(() =>
      setImmediate(() => {
        looking = false;
        if (busy > 0 || sleepers.size === 0) return;
        present = Math.max(present, Math.min(...[...sleepers].map((one) => one.at)));
        wakeDue();
        look();
      }),
    );
  }

  return {
    now: () => new Date(present),
    instant: () => new Date(present).toISOString(),
    advance(milliseconds) {
      present += milliseconds;
      wakeDue();
    },
    wait(milliseconds, signal) {
      return new Promise((resolve, reject) => {
        const leave = () => {
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', stop);
        };
        const sleeper = {
          at: present + milliseconds,
          wake: () => {
            leave();
            resolve();
          },
        };
        const stop = () => {
          leave();
          reject(signal?.reason);
        };
        if (signal?.aborted) return stop();
        sleepers.add(sleeper);
        signal?.addEventListener('abort', stop, { once: true });
        look();
      });
    },
    async during(work) {
      busy += 1;
      try {
        return await work();
      } finally {
        busy -= 1;
        look();
      }
    },
  };
}
