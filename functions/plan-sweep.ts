import { app, type InvocationContext, type Timer } from '@azure/functions';
import { Cron } from 'croner';
import { nameRun } from '../shared/jobs/name-run.ts';
import { planSweep } from '../shared/jobs/plan-sweep.ts';
import { serve } from './serve.ts';

app.timer('planSweep', { schedule: '%DSW_CHECK_SCHEDULE%', handler: planScheduledSweep });

/** Plans the sweep of the schedule's newest occurrence. */
async function planScheduledSweep(_timer: Timer, context: InvocationContext): Promise<void> {
  const { services, settings, deployed } = await serve(context);
  // Named after the occurrence, not after now: a timer that fires twice names the same run.
  const occurrence = newestOccurrence(settings.checkSchedule, services.now());
  const planned = await planSweep(services, { runId: nameRun(occurrence, 'timer') }, deployed);
  context.info(`planned ${planned} tenants`);
}

/** The platform's clock may fire a little before ours says that it is time. */
const EARLY = 2000;

function newestOccurrence(schedule: string, now: Date): Date {
  const [newest] = new Cron(schedule, { timezone: 'UTC' }).previousRuns(1, new Date(now.getTime() + EARLY));
  return newest ?? now;
}
