import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { readStatus } from '../shared/jobs/read-status.ts';
import { serve } from './serve.ts';

app.http('status', { methods: ['GET'], route: 'status', authLevel: 'function', handler: showStatus });

async function showStatus(_request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> {
  const { services } = await serve(context);
  const status = await readStatus(services);
  return { jsonBody: { schemaVersion: 1, ...status }, headers: { 'cache-control': 'no-store' } };
}
