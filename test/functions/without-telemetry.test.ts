import { startIngestion } from './fake-ingestion.ts';
import { openApp } from './open-app.ts';

/** What OpenTelemetry leaves on the global object as soon as a part of it is switched on. */
const traces = () => Object.getOwnPropertySymbols(globalThis).filter((symbol) => /opentelemetry/i.test(String(symbol)));

// In this order: what was evaluated once stays.
test('without a connection string nothing of the telemetry library is evaluated; with one it is', async () => {
  const silent = await openApp(1);
  await silent.fire('planSweep');
  expect(await silent.pump()).toMatchObject({ handled: 1, poisoned: 0 });
  await silent.close();
  expect(traces()).toEqual([]);

  const ingestion = await startIngestion();
  const speaking = await openApp(1, () => ({ APPLICATIONINSIGHTS_CONNECTION_STRING: ingestion.connectionString }));
  await speaking.fire('planSweep');
  expect(traces()).not.toEqual([]);
  await speaking.close();
  await ingestion.close();
});
