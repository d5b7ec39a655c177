import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { nameRun } from '../shared/jobs/name-run.ts';
import { planSweep } from '../shared/jobs/plan-sweep.ts';
import { serve } from './serve.ts';

app.http('runNow', { methods: ['POST'], route: 'run-now', authLevel: 'function', handler: runNow });

/** Plans a sweep at once; two calls in one minute plan one sweep. */
async function runNow(_request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> {
  const { services, deployed } = await serve(context);
  const minute = new Date(Math.floor(services.now().getTime() / 60_000) * 60_000);
  const runId = nameRun(minute, 'manual');
  const planned = await planSweep(services, { runId }, deployed);
  return { status: 202, jsonBody: { schemaVersion: 1, runId, planned } };
}
