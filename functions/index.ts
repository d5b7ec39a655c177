import { app } from '@azure/functions';
import { stopTelemetry } from '../shared/adapters/telemetry/start-telemetry.ts';
import { bindTraceContext } from './bind-trace-context.ts';
import './plan-sweep.ts';
import './check-tenant.ts';
import './deliver-alert.ts';
import './tend.ts';
import './purge.ts';
import './run-now.ts';
import './status.ts';
import './acknowledge.ts';

bindTraceContext();
app.hook.appTerminate(stopTelemetry);
