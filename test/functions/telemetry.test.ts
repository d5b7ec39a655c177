import { METRICS, SPAN_ATTRIBUTES, SPANS } from '../../shared/core/telemetry-names.ts';
import { answerHunting } from '../../simulator/graph/hunting-engine.ts';
import { composeMail } from '../../simulator/tenant/mail-row.ts';
import { tenantId } from '../support/open-world.ts';
import { type FakeIngestion, startIngestion } from './fake-ingestion.ts';
import { type App, openApp } from './open-app.ts';

let app: App;
let ingestion: FakeIngestion;
const traces: Record<string, string> = {};
const logs: string[] = [];
let marker: string;

/** The app lives through everything that it reports on, then it ends and sends what is left. */
beforeAll(async () => {
  ingestion = await startIngestion();
  app = await openApp(3, (simulator) => ({
    APPLICATIONINSIGHTS_CONNECTION_STRING: ingestion.connectionString,
    // Else five traces a second are kept, and which ones is chance.
    OTEL_TRACES_SAMPLER: 'parentbased_always_on',
    DSW_LINK_SECRET: `${simulator.marker}-link-secret-of-thirty-two-characters`,
    DSW_PUBLIC_URL: 'https://dsw.example',
  }));
  const { simulator } = app;
  marker = simulator.marker;
  const open = simulator.tenant(tenantId(1));
  open.defenderPlan2 = true;
  const [domain] = open.acceptedDomains;
  const at = new Date(Date.now() - 3_600_000);
  const address = `aino@${domain?.DomainName}`;
  open.mail.push(composeMail({ at, from: address, to: address, ip: '198.51.100.77' }));
  simulator.hunting = (query, { mail }) => answerHunting(query, { EmailEvents: mail });

  await app.fire('planSweep');
  logs.push(...(await pumpLogged()));
  logs.push(...(await app.fire('tend')).logs);
  open.setting = false;
  simulator.tenant(tenantId(2)).exchangeRole = false;
  simulator.flow('ops').state = 'Disabled';
  for (const nth of [1, 2]) {
    const invocation = await app.check(nth, 'run-a');
    traces[`check-tenant ${tenantId(nth)}`] = invocation.traceId;
    logs.push(...invocation.logs);
  }
  const delivered = await app.host.queue('deliverAlert', '{"schema":1,"channel":"ops"}', 1);
  traces.deliver = delivered.traceId;
  logs.push(...delivered.logs);
  await app.request('runNow', 'POST', 'run-now');
  await pumpLogged();
  const tended = await app.fire('tend');
  traces.sweep = tended.traceId;
  logs.push(...tended.logs);
  await app.close();
});

afterAll(() => ingestion.close());

async function pumpLogged(): Promise<string[]> {
  const { errors } = await app.pump();
  return errors.flatMap((error) => error.logs);
}

const dataOf = (type: string) => ingestion.envelopes.filter(({ data }) => data.baseType === type);
const spans = () => dataOf('RemoteDependencyData').map(({ tags, data }) => ({ tags, ...data.baseData }));
const metricNames = () =>
  dataOf('MetricData').flatMap(({ data }) => (data.baseData.metrics ?? []).map(({ name }) => name));

test('every span that is named is exported, and no other', () => {
  expect(new Set(spans().map(({ name }) => name))).toEqual(new Set(Object.values(SPANS)));
  expect(new Set(spans().map(({ type }) => type))).toEqual(new Set(['InProc']));
});

test('every attribute of a span is one that is named, and each is used', () => {
  const used = new Set(spans().flatMap(({ properties = {} }) => Object.keys(properties)));
  expect([...used].filter((name) => name.startsWith('dsw.')).sort()).toEqual(Object.values(SPAN_ATTRIBUTES).sort());
});

test('every metric that is named is exported, and no other of ours', () => {
  const ours = new Set(metricNames().filter((name) => !name.startsWith('_')));
  expect([...ours].sort()).toEqual(Object.values(METRICS).sort());
});

test('the trace of the host is the trace of our spans', () => {
  for (const [key, traceId] of Object.entries(traces)) {
    const [name, tenant] = key.split(' ');
    const own = spans().filter(({ tags }) => tags['ai.operation.id'] === traceId);
    const matching = own.filter(
      (span) => span.name === name && [undefined, span.properties?.['dsw.tenant_id']].includes(tenant),
    );
    expect({ key, found: matching.length > 0 }).toEqual({ key, found: true });
  }
});

test('a span says what became of its work', () => {
  const found = spans().find(({ tags }) => tags['ai.operation.id'] === traces[`check-tenant ${tenantId(2)}`]);
  expect(found?.properties).toMatchObject({
    'dsw.run_id': 'run-a',
    'dsw.verdict': 'unknown',
    'dsw.reason': 'role-missing',
    'dsw.transition': 'none',
  });
});

test('no secret, no signed address and no request of the program itself is exported', () => {
  const exported = ingestion.bodies.join('\n');
  expect(exported.length).toBeGreaterThan(1000);
  expect(exported).not.toContain(marker);
  expect(exported).not.toMatch(/sig=|https:\/\/127\.0\.0\.1|Bearer|AccountKey/);
});

test('logs are structured, name tenant and run, and hold no secret', () => {
  const all = logs.join('\n');
  expect(all).toContain(`{"tenantId":"${tenantId(1)}","runId":"run-a","verdict":"permissive","transition":"drifted"}`);
  expect(all).toMatch(/a sweep closed \{"runId":"\d{8}T\d{6}Z-timer","expected":3,"done":3,"failed":0\}/);
  expect(all).toContain('the channel ops refuses messages');
  expect(all).not.toContain(marker);
});
