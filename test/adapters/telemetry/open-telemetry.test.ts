import { type Attributes, metrics, type Span, type SpanStatus, SpanStatusCode, trace } from '@opentelemetry/api';
import { openTelemetry } from '../../../shared/adapters/telemetry/open-telemetry.ts';

/** What was recorded of one span. */
interface Recorded {
  readonly name: string;
  attributes: Attributes;
  status: SpanStatus | null;
  ended: boolean;
}

const spans: Recorded[] = [];
const measured: unknown[][] = [];

beforeAll(() => {
  const startSpan = (name: string, options?: { attributes?: Attributes }) => {
    const recorded: Recorded = { name, attributes: { ...options?.attributes }, status: null, ended: false };
    spans.push(recorded);
    const span = {
      setAttributes: (more: Attributes) => Object.assign(recorded.attributes, more),
      setStatus: (status: SpanStatus) => Object.assign(recorded, { status }),
      end: () => Object.assign(recorded, { ended: true }),
    };
    return span as unknown as Span;
  };
  trace.setGlobalTracerProvider({ getTracer: () => ({ startSpan, startActiveSpan: () => undefined as never }) });
  const instrument = (kind: string, method: string) => (name: string) => {
    measured.push([`create ${kind}`, name]);
    return { [method]: (value: number, attributes?: Attributes) => measured.push([kind, name, value, attributes]) };
  };
  const meter = {
    createGauge: instrument('gauge', 'record'),
    createCounter: instrument('counter', 'add'),
    createHistogram: instrument('histogram', 'record'),
  };
  metrics.setGlobalMeterProvider({ getMeter: () => meter as never });
});

beforeEach(() => {
  spans.length = 0;
  measured.length = 0;
});

afterAll(() => {
  trace.disable();
  metrics.disable();
});

describe('a span', () => {
  it('has the attributes that were known before and those that the task found out, and ends', async () => {
    const result = await openTelemetry().span('check', { tenant: 'x' }, async (note) => {
      note({ verdict: 'enforced' });
      expect(spans[0]?.ended).toBe(false);
      return 7;
    });
    expect(result).toBe(7);
    expect(spans).toEqual([
      { name: 'check', attributes: { tenant: 'x', verdict: 'enforced' }, status: null, ended: true },
    ]);
  });

  it('of a task that failed says so by the kind of error only: its text may quote what came from outside', async () => {
    const failing = openTelemetry().span('check', {}, async () => {
      throw new TypeError('SECRET');
    });
    await expect(failing).rejects.toThrow('SECRET');
    expect(spans[0]).toMatchObject({ status: { code: SpanStatusCode.ERROR, message: 'TypeError' }, ended: true });
  });
});

it('an instrument is made once and used for every figure of its name', () => {
  const telemetry = openTelemetry();
  telemetry.gauge('tenants', 3, { verdict: 'enforced' });
  telemetry.gauge('tenants', 1, { verdict: 'unknown' });
  telemetry.count('checks', 1);
  telemetry.count('checks', 2);
  telemetry.histogram('duration', 0.5);
  expect(measured).toEqual([
    ['create gauge', 'tenants'],
    ['gauge', 'tenants', 3, { verdict: 'enforced' }],
    ['gauge', 'tenants', 1, { verdict: 'unknown' }],
    ['create counter', 'checks'],
    ['counter', 'checks', 1, undefined],
    ['counter', 'checks', 2, undefined],
    ['create histogram', 'duration'],
    ['histogram', 'duration', 0.5, undefined],
  ]);
});
