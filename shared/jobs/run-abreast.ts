/** How many tasks run at once, and when one that takes long stops counting. */
export interface Lanes {
  readonly abreast: number;
  /** Milliseconds after which a running task gives its place to another: one that hangs must not delay the rest. */
  readonly slowAfter?: number;
  /** Most tasks in flight, slow ones included. */
  readonly most?: number;
}

/** Runs a task for every item, so many at once; results keep the order of the items. The first failure rejects, after all have ended. */
export async function runAbreast<T, R>(items: readonly T[], lanes: Lanes, task: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  const most = lanes.most ?? Number.POSITIVE_INFINITY;
  let next = 0;
  let inFlight = 0;
  let slow = 0;
  let failure: { error: unknown } | null = null;
  return new Promise((resolve, reject) => {
    const fill = () => {
      while (next < items.length && inFlight - slow < lanes.abreast && inFlight < most) start(next++);
      if (inFlight > 0 || next < items.length) return;
      if (failure === null) resolve(results);
      else reject(failure.error);
    };
    const start = (at: number) => {
      inFlight += 1;
      let isSlow = false;
      const giveWay = () => {
        isSlow = true;
        slow += 1;
        fill();
      };
      const timer = lanes.slowAfter === undefined ? undefined : setTimeout(giveWay, lanes.slowAfter);
      const end = () => {
        clearTimeout(timer);
        inFlight -= 1;
        if (isSlow) slow -= 1;
        fill();
      };
      task(items[at] as T)
        .then(
          (result) => {
            results[at] = result;
          },
          (error: unknown) => {
            failure ??= { error };
          },
        )
        .finally(end);
    };
    fill();
  });
}
