import { app, type InvocationContext, type Timer } from '@azure/functions';
import { tend } from '../shared/jobs/tend.ts';
import { serve } from './serve.ts';

app.timer('tend', { schedule: '0 * * * * *', handler: tendDue });

async function tendDue(_timer: Timer, context: InvocationContext): Promise<void> {
  const { services } = await serve(context);
  await tend(services, Math.random);
}
