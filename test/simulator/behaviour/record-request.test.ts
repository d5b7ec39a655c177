import { maskFields, maskHeaders } from '../../../simulator/behaviour/record-request.ts';
import { startSimulator } from '../../../simulator/start-simulator.ts';
import { createCaller, TENANT } from '../call-simulator.ts';

describe('what is recorded of a request', () => {
  it('has no credentials in its headers', () => {
    const headers = { authorization: 'Bearer abc.def.ghi', 'x-identity-header': 'secret', cookie: 'a=b', host: 'x' };
    expect(maskHeaders(headers)).toEqual({
      authorization: 'Bearer ***',
      'x-identity-header': '***',
      cookie: '***',
      host: 'x',
    });
  });

  it.each([
    ['client_secret=abc&scope=x', 'client_secret=***&scope=x'],
    ['scope=x&client_assertion=abc.def', 'scope=x&client_assertion=***'],
    ['client_assertion_type=urn&client_id=1', 'client_assertion_type=urn&client_id=1'],
    ['/invoke?api-version=1&sig=abc', '/invoke?api-version=1&sig=***'],
    ['/invoke?sig=', '/invoke?sig=***'],
  ])('has no secret fields: %s', (text, masked) => {
    expect(maskFields(text)).toBe(masked);
  });

  it('does not contain the marker of the simulator, whoever was called', async () => {
    const simulator = await startSimulator();
    const caller = createCaller(simulator);
    simulator.tenant(TENANT);
    const heard = await caller.invoke(TENANT, 'Get-OrganizationConfig');
    await caller.call(simulator.teamsUrl('ops'), { method: 'POST', body: '{}' });
    await caller.call(simulator.managedIdentityEndpoint, {
      headers: { 'x-identity-header': simulator.managedIdentityHeader },
    });
    expect(heard.status).toBe(200);
    expect(simulator.requests.map(({ surface }) => surface)).toEqual([
      'signIn',
      'exchange/Get-OrganizationConfig',
      'teams/ops',
      'managedIdentity',
    ]);
    expect(JSON.stringify(simulator.requests)).not.toContain(simulator.marker);
    await caller.close();
    await simulator.stop();
  });
});
