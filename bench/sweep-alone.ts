import { readSettings } from '../shared/adapters/config/settings.ts';
import { openServices } from '../shared/adapters/open-services.ts';
import { openLog } from '../shared/adapters/telemetry/write-log.ts';
import { timeSweep } from './measure-sweep.ts';

/** Run as a process that holds nothing but the product, because peak memory belongs to a process: two sweeps, of which the second is timed. Prints one line of JSON. */
const opened = openServices(readSettings(process.env), { env: process.env, log: openLog(() => {}), hints: false });
await timeSweep(opened, 0, 32);
const milliseconds = await timeSweep(opened, 1, 32);
const peak = process.resourceUsage().maxRSS * 1024;
globalThis.gc?.();
const live = process.memoryUsage().heapUsed;
await opened.close();
process.stdout.write(`${JSON.stringify({ milliseconds, peak, live })}\n`);
process.exit(0);
