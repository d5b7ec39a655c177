import { type App, openApp } from './open-app.ts';

const TENANTS = 8;
let app: App;

beforeAll(async () => {
  app = await openApp(TENANTS);
});

test('traffic that hangs holds up neither the verdicts nor every place of an instance', async () => {
  app.simulator.behave('exchange/Get-AcceptedDomain', { kind: 'hang', when: 'before-headers' });
  // It merges the tenants of the deployment into the registry.
  await app.fire('planSweep');
  let settled = 0;
  let tellFree: () => void = () => {};
  const twoAreFree = new Promise<void>((resolve) => {
    tellFree = resolve;
  });
  const checks = Array.from({ length: TENANTS }, async (_, at) => {
    await app.check(at + 1, 'run-a');
    settled += 1;
    if (settled === TENANTS - 6) tellFree();
  });
  await twoAreFree;
  const { tenants } = JSON.parse((await app.request('status', 'GET', 'status')).text);
  expect(tenants.map((tenant: { verdict: string }) => tenant.verdict)).toEqual(new Array(TENANTS).fill('enforced'));
  expect(settled).toBe(TENANTS - 6);
  // The connections are cut with the simulator; reading traffic then fails, and no message with it.
  await app.close();
  await Promise.all(checks);
  expect(settled).toBe(TENANTS);
});
