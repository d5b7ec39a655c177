import { setBenchStage } from './bench-stage.ts';
import { fillFleet, timeSweep } from './measure-sweep.ts';

/**
 * Run as a process of its own per size, because peak memory belongs to a process. The simulator and its tenants are in it too, so
 * each size is measured twice: before and after its sweeps. Prints one line of JSON.
 */
const tenants = Number(process.argv[2]);
const stage = await setBenchStage(['growth']);
await fillFleet(stage, stage.opened, tenants);
await timeSweep(stage.opened, 0, 32);
globalThis.gc?.();
const before = process.memoryUsage().rss;
let peak = before;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 20);
const milliseconds = await timeSweep(stage.opened, 1, 32);
clearInterval(watch);
process.stdout.write(`${JSON.stringify({ tenants, milliseconds, grew: peak - before, peak })}\n`);
await stage.strike();
process.exit(0);
