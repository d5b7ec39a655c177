import { app } from '@azure/functions';
import { context, propagation } from '@opentelemetry/api';

/** Runs every handler inside the host's trace, so that our spans belong to the host's invocation. */
export function bindTraceContext(): void {
  app.hook.preInvocation((invocation) => {
    const { traceContext } = invocation.invocationContext;
    if (!traceContext?.traceParent) return;
    const carrier = { traceparent: traceContext.traceParent, tracestate: traceContext.traceState };
    invocation.functionHandler = context.bind(
      propagation.extract(context.active(), carrier),
      invocation.functionHandler,
    );
  });
}
