import { app, type InvocationContext, type Timer } from '@azure/functions';
import { purgeHistory } from '../shared/jobs/purge-history.ts';
import { purgeTraffic } from '../shared/jobs/purge-traffic.ts';
import { serve } from './serve.ts';

app.timer('purge', { schedule: '0 20 3 * * *', handler: purgeOld });

async function purgeOld(_timer: Timer, context: InvocationContext): Promise<void> {
  const { services } = await serve(context);
  await Promise.all([purgeHistory(services), purgeTraffic(services)]);
}
