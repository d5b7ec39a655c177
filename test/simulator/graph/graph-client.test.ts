import tls from 'node:tls';
import { ClientSecretCredential } from '@azure/identity';
import { Client, GraphError, PageIterator } from '@microsoft/microsoft-graph-client';
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js';
import type { Simulator } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/start-simulator.ts';
import { composeMail } from '../../../simulator/tenant/mail-row.ts';
import { GRAPH, TENANT } from '../call-simulator.ts';

const trusted = tls.getCACertificates();
let simulator: Simulator;
let client: Client;

beforeAll(async () => {
  simulator = await startSimulator();
  tls.setDefaultCACertificates([...trusted, simulator.certificateAuthority]);
  const { app, authorityUrl, graphUrl } = simulator;
  const options = { authorityHost: authorityUrl, disableInstanceDiscovery: true };
  const credential = new ClientSecretCredential(TENANT, app.clientId, app.secrets[0]!, options);
  client = Client.initWithMiddleware({
    authProvider: new TokenCredentialAuthenticationProvider(credential, { scopes: [`${GRAPH}/.default`] }),
    baseUrl: graphUrl,
    customHosts: new Set(['127.0.0.1', new URL(graphUrl).host]),
  });
});

afterAll(async () => {
  tls.setDefaultCACertificates(trusted);
  await simulator.stop();
});

describe("Microsoft's own Graph client", () => {
  it('follows the pages of a message trace', async () => {
    const tenant = simulator.tenant(TENANT);
    const sent = { from: 'scan@contoso.example', to: 'amy@contoso.example', ip: '203.0.113.10' };
    tenant.mail = [1, 2, 3].map((hours) => composeMail({ ...sent, at: new Date(Date.now() - hours * 3_600_000) }));
    const seen: unknown[] = [];
    const first = await client.api('/admin/exchange/tracing/messageTraces').version('v1.0').top(1).get();
    await new PageIterator(client, first, (row) => seen.push(row) > 0).iterate();
    expect(seen).toHaveLength(3);
  });

  it('raises the error of a missing table', async () => {
    const query = client.api('/security/runHuntingQuery').version('v1.0').post({ Query: 'EmailEvents | take 1' });
    const error = await query.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(GraphError);
    expect(error).toMatchObject({ statusCode: 400, code: 'BadRequest' });
  });
});
