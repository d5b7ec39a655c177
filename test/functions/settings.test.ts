import { type App, openApp } from './open-app.ts';

let app: App;

afterEach(() => app.close());

const invocations = (): Record<string, () => Promise<unknown>> => ({
  planSweep: () => app.fire('planSweep'),
  tend: () => app.fire('tend'),
  purge: () => app.fire('purge'),
  checkTenant: () => app.check(1, 'run'),
  deliverAlert: () => app.host.queue('deliverAlert', '{"schema":1,"channel":"ops"}', 1),
  runNow: () => app.request('runNow', 'POST', 'run-now'),
  status: () => app.request('status', 'GET', 'status'),
  acknowledge: () => app.request('acknowledge', 'GET', 'acknowledge?link=x'),
});

test.each([
  [
    'a setting',
    { DSW_BLIND_AFTER: 'SECRETSECRET' },
    /DSW_BLIND_AFTER is not a duration .* Example: DSW_BLIND_AFTER=6h/,
  ],
  ['the tenants', { DSW_TENANTS: '{"tenants":[{"id":"SECRETSECRET"}]}' }, /DSW_TENANTS: tenants\[0\]\.id must be/],
])(
  '%s is wrong: the functions stay registered, and every invocation fails with the message',
  async (_, wrong, said) => {
    app = await openApp(1, () => wrong);
    expect([...app.host.functions.keys()].sort()).toEqual(Object.keys(invocations()).sort());
    for (const [name, invoke] of Object.entries(invocations())) {
      const failure = await invoke().catch((error: unknown) => error);
      expect({ name, failure: String(failure) }).toEqual({ name, failure: expect.stringMatching(said) });
      expect(String(failure)).not.toContain('SECRETSECRET');
    }
  },
);

test('once the setting is mended the same process works', async () => {
  app = await openApp(1, () => ({ DSW_CONCURRENCY: '0' }));
  await expect(app.fire('tend')).rejects.toThrow('DSW_CONCURRENCY must be a whole number from 1 to 512');
  process.env.DSW_CONCURRENCY = '8';
  await app.fire('tend');
});
