import fc from 'fast-check';
import { type Lanes, runAbreast } from '../../shared/jobs/run-abreast.ts';

/** Tasks that end when they are told to, and the record of what ran. */
function openTasks() {
  const begun: number[] = [];
  const ends = new Map<
    number,
    { readonly resolve: (value: string) => void; readonly reject: (error: unknown) => void }
  >();
  return {
    begun,
    run: (item: number) => {
      begun.push(item);
      return new Promise<string>((resolve, reject) => ends.set(item, { resolve, reject }));
    },
    async end(item: number) {
      ends.get(item)?.resolve(`done ${item}`);
      await settle();
    },
    async fail(item: number) {
      ends.get(item)?.reject(new Error(`failed ${item}`));
      await settle();
    },
  };
}

/** Lets everything happen that waits for nothing but its turn. */
async function settle() {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

const items = (count: number) => Array.from({ length: count }, (_, at) => at);

/** Starts a run and notes how it ended. */
function start(count: number, lanes: Lanes) {
  const tasks = openTasks();
  const outcome: { results?: string[]; error?: unknown } = {};
  const ended = runAbreast(items(count), lanes, tasks.run).then(
    (results) => void Object.assign(outcome, { results }),
    (error: unknown) => void Object.assign(outcome, { error }),
  );
  return { ...tasks, outcome, ended };
}

test('no more run at once than there are lanes; each end makes room for one', async () => {
  const { begun, end, outcome } = start(4, { abreast: 2 });
  expect(begun).toEqual([0, 1]);
  await end(1);
  expect(begun).toEqual([0, 1, 2]);
  await end(0);
  await end(2);
  expect([begun, outcome]).toEqual([[0, 1, 2, 3], {}]);
  await end(3);
  expect(outcome.results).toEqual(['done 0', 'done 1', 'done 2', 'done 3']);
});

test('nothing to do is done at once', async () => {
  await expect(runAbreast([], { abreast: 2 }, () => Promise.reject(new Error('never run')))).resolves.toEqual([]);
});

test('more lanes than items are no trouble', async () => {
  await expect(runAbreast([1, 2], { abreast: 99 }, async (item) => item * 2)).resolves.toEqual([2, 4]);
});

test('a failure stops nothing; the first one is told when all have ended', async () => {
  const { begun, end, fail, outcome } = start(4, { abreast: 2 });
  await fail(1);
  await fail(2);
  expect([begun, outcome]).toEqual([[0, 1, 2, 3], {}]);
  await end(3);
  expect(outcome).toEqual({});
  await end(0);
  expect(outcome).toEqual({ error: new Error('failed 1') });
});

test('a failure with nothing in it is a failure', async () => {
  await expect(runAbreast([1], { abreast: 1 }, () => Promise.reject(undefined))).rejects.toBeUndefined();
});

describe('a task that takes long', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test('gives its place to another, and its result still counts', async () => {
    const { begun, end, outcome } = start(3, { abreast: 1, slowAfter: 3000 });
    jest.advanceTimersByTime(2999);
    expect(begun).toEqual([0]);
    jest.advanceTimersByTime(1);
    expect(begun).toEqual([0, 1]);
    await end(1);
    await end(2);
    expect([begun, outcome]).toEqual([[0, 1, 2], {}]);
    await end(0);
    expect(outcome.results).toEqual(['done 0', 'done 1', 'done 2']);
  });

  test('does not give its place twice when it ends at last', async () => {
    const { begun, end } = start(5, { abreast: 1, slowAfter: 1000 });
    jest.advanceTimersByTime(1000);
    expect(begun).toEqual([0, 1]);
    await end(0);
    expect(begun).toEqual([0, 1]);
    await end(1);
    expect(begun).toEqual([0, 1, 2]);
  });

  test('leaves no timer behind when it was fast', async () => {
    const { end, ended } = start(1, { abreast: 1, slowAfter: 1000 });
    expect(jest.getTimerCount()).toBe(1);
    await end(0);
    await ended;
    expect(jest.getTimerCount()).toBe(0);
  });

  test('counts against the most in flight', async () => {
    const { begun, end } = start(5, { abreast: 1, slowAfter: 1000, most: 2 });
    jest.advanceTimersByTime(5000);
    expect(begun).toEqual([0, 1]);
    await end(0);
    expect(begun).toEqual([0, 1, 2]);
  });

  test('has no timer when nothing is said of slowness', () => {
    start(2, { abreast: 1 });
    expect(jest.getTimerCount()).toBe(0);
  });
});

test('every item is done once, in order, within the lanes, however the tasks end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.nat(30), fc.integer({ min: 1, max: 6 }), async (scheduler, count, abreast) => {
      let running = 0;
      const begun: number[] = [];
      const task = async (item: number) => {
        begun.push(item);
        running += 1;
        expect(running).toBeLessThanOrEqual(abreast);
        await scheduler.schedule(Promise.resolve());
        running -= 1;
        return item * 2;
      };
      const run = runAbreast(items(count), { abreast }, task);
      await expect(scheduler.waitFor(run)).resolves.toEqual(items(count).map((item) => item * 2));
      expect(begun).toEqual(items(count));
    }),
    { seed: 90, numRuns: 100 },
  );
});
