import { type Counter, context, type Gauge, type Histogram, metrics, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Telemetry } from '../../jobs/services.ts';

const NAME = 'direct-send-watch';

/** Spans and metrics through the OpenTelemetry API, which does nothing as long as no exporter was started. */
export function openTelemetry(): Telemetry {
  const tracer = trace.getTracer(NAME);
  const meter = metrics.getMeter(NAME);
  const gauges = new Map<string, Gauge>();
  const counters = new Map<string, Counter>();
  const histograms = new Map<string, Histogram>();
  const once = <T>(made: Map<string, T>, name: string, make: () => T): T => {
    const instrument = made.get(name) ?? make();
    made.set(name, instrument);
    return instrument;
  };
  return {
    span(name, attributes, task, startedAt) {
      const start = startedAt === undefined ? {} : { startTime: new Date(startedAt) };
      const span = tracer.startSpan(name, { attributes, ...start });
      return context.with(trace.setSpan(context.active(), span), async () => {
        try {
          return await task((more) => void span.setAttributes(more));
        } catch (error) {
          // The message may quote what came from outside; its kind is enough here.
          span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'Error' });
          throw error;
        } finally {
          span.end();
        }
      });
    },
    gauge: (name, value, attributes) => once(gauges, name, () => meter.createGauge(name)).record(value, attributes),
    count: (name, by, attributes) => once(counters, name, () => meter.createCounter(name)).add(by, attributes),
    histogram: (name, value, attributes) => {
      once(histograms, name, () => meter.createHistogram(name, { unit: 's' })).record(value, attributes);
    },
  };
}
