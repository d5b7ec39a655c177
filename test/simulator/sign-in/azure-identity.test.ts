import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import {
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
} from '@azure/identity';
import { generate } from 'selfsigned';
import type { FederatedCredential } from '../../../simulator/sign-in/app-registration.ts';
import { aadsts } from '../../../simulator/sign-in/sign-in-behaviours.ts';
import type { Simulator } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/start-simulator.ts';
import { EXCHANGE, GRAPH, OTHER_TENANT, TENANT } from '../call-simulator.ts';

const trusted = tls.getCACertificates();
let simulator: Simulator;
let federatedCredential: FederatedCredential;

// One simulator for all: the library remembers the identity endpoint for as long as the process lives.
beforeAll(async () => {
  simulator = await startSimulator();
  tls.setDefaultCACertificates([...trusted, simulator.certificateAuthority]);
  federatedCredential = simulator.app.federatedCredential!;
  process.env.IDENTITY_ENDPOINT = simulator.managedIdentityEndpoint;
  process.env.IDENTITY_HEADER = simulator.managedIdentityHeader;
});

beforeEach(() => {
  simulator.app.federatedCredential = federatedCredential;
  for (const id of [TENANT, OTHER_TENANT]) simulator.tenant(id).behave('signIn');
});

afterAll(async () => {
  delete process.env.IDENTITY_ENDPOINT;
  delete process.env.IDENTITY_HEADER;
  tls.setDefaultCACertificates(trusted);
  await simulator.stop();
});

const options = () => ({
  authorityHost: simulator.authorityUrl,
  disableInstanceDiscovery: true,
  retryOptions: { maxRetries: 0 },
});

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
}

/** What arrived while something was done. */
async function during(work: () => Promise<unknown>) {
  const before = simulator.requests.length;
  await work();
  return simulator.requests.slice(before);
}

afterEach(() => {
  expect(simulator.requests.filter(({ wrong }) => wrong !== null)).toEqual([]);
});

describe('the identity library signs in', () => {
  it('with a client secret, and asks for each resource once', async () => {
    const { app } = simulator;
    const credential = new ClientSecretCredential(TENANT, app.clientId, app.secrets[0]!, options());
    const arrived = await during(async () => {
      const first = await credential.getToken(`${EXCHANGE}/.default`);
      expect(claimsOf(first.token)).toMatchObject({ tid: TENANT, aud: EXCHANGE, appid: app.clientId });
      expect((await credential.getToken(`${EXCHANGE}/.default`)).token).toBe(first.token);
      expect(claimsOf((await credential.getToken(`${GRAPH}/.default`)).token).aud).toBe(GRAPH);
    });
    expect(arrived.map(({ surface }) => surface)).toEqual(['discovery', 'signIn', 'signIn']);
  });

  it('with a registered certificate, and with no other', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'certificate-'));
    const [registered, stranger] = await Promise.all([makePair(), makePair()]);
    simulator.app.certificates = [registered.cert];
    const credentialOf = async (name: string, pem: string) => {
      await writeFile(join(folder, name), pem);
      return new ClientCertificateCredential(TENANT, simulator.app.clientId, join(folder, name), options());
    };
    const good = await credentialOf('good.pem', registered.private + registered.cert);
    expect(claimsOf((await good.getToken(`${EXCHANGE}/.default`)).token).tid).toBe(TENANT);
    const bad = await credentialOf('bad.pem', stranger.private + stranger.cert);
    await expect(bad.getToken(`${EXCHANGE}/.default`)).rejects.toThrow('Error(s): 700027');
    // The registered certificate's name, signed with another key.
    const forged = await credentialOf('forged.pem', stranger.private + registered.cert);
    await expect(forged.getToken(`${EXCHANGE}/.default`)).rejects.toThrow('Error(s): 700027');
    await rm(folder, { recursive: true });
  });

  it('with the managed identity as federated credential, in every tenant', async () => {
    const identity = new ManagedIdentityCredential({ clientId: simulator.managedIdentity.clientId });
    const assertion = async () => (await identity.getToken('api://AzureADTokenExchange/.default')).token;
    const arrived = await during(async () => {
      for (const tenantId of [TENANT, OTHER_TENANT]) {
        const credential = new ClientAssertionCredential(tenantId, simulator.app.clientId, assertion, options());
        expect(claimsOf((await credential.getToken(`${EXCHANGE}/.default`)).token)).toMatchObject({ tid: tenantId });
      }
    });
    expect(arrived.filter(({ surface }) => surface === 'managedIdentity')).toHaveLength(1);
  });

  it('with the managed identity itself, in its own tenant', async () => {
    const identity = new ManagedIdentityCredential({ clientId: simulator.managedIdentity.clientId });
    const { token } = await identity.getToken(`${EXCHANGE}/.default`);
    expect(claimsOf(token)).toMatchObject({
      tid: simulator.app.homeTenantId,
      appid: simulator.managedIdentity.clientId,
      roles: ['Exchange.ManageAsApp', 'Exchange.ManageAsAppV2'],
    });
    for (const resource of ['https://storage.azure.com/', 'https://monitor.azure.com/']) {
      const { aud } = claimsOf((await identity.getToken(`${resource}.default`)).token);
      expect(`${aud}`.replace(/\/$/, '')).toBe(resource.replace(/\/$/, ''));
    }
  });
});

describe('the identity library fails', () => {
  it.each<[string, () => void, string]>([
    [
      'the federated credential names another issuer',
      () => federate({ issuer: 'https://login.microsoftonline.com/x/v2.0' }),
      '700211',
    ],
    ['the federated credential names another identity', () => federate({ subject: 'another' }), '700213'],
    ['the federated credential names another audience', () => federate({ audience: 'api://another' }), '700212'],
    [
      'there is no federated credential',
      () => {
        simulator.app.federatedCredential = null;
      },
      '700211',
    ],
  ])('when %s', async (_, prepare, code) => {
    prepare();
    const identity = new ManagedIdentityCredential({ clientId: simulator.managedIdentity.clientId });
    const assertion = async () => (await identity.getToken('api://AzureADTokenExchange/.default')).token;
    const credential = new ClientAssertionCredential(TENANT, simulator.app.clientId, assertion, options());
    await expect(credential.getToken(`${EXCHANGE}/.default`)).rejects.toThrow(`Error(s): ${code}`);
  });

  it('when an assertion is none, or was signed by nobody', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const { issuer, subject, audience } = federatedCredential;
    const forged = `${part({ alg: 'RS256' })}.${part({ iss: issuer, sub: subject, aud: audience })}.c2ln`;
    for (const assertion of ['nonsense', forged]) {
      const credential = new ClientAssertionCredential(
        TENANT,
        simulator.app.clientId,
        async () => assertion,
        options(),
      );
      await expect(credential.getToken(`${EXCHANGE}/.default`)).rejects.toThrow('Error(s): 50012');
    }
  });

  it('with the code and the OAuth error in its message', async () => {
    const { app } = simulator;
    simulator.tenant(TENANT).behave('signIn', aadsts(7000229));
    const credential = new ClientSecretCredential(TENANT, app.clientId, app.secrets[0]!, options());
    await expect(credential.getToken(`${EXCHANGE}/.default`)).rejects.toThrow(
      /^invalid_client: Error\(s\): 7000229 - Timestamp: /,
    );
  });

  it('when the host has no such identity', async () => {
    const other = new ManagedIdentityCredential({ clientId: 'another' });
    const failed = expect(other.getToken(`${EXCHANGE}/.default`)).rejects;
    await failed.toThrow('No User Assigned or Delegated Managed Identity found');
  });
});

function federate(change: object): void {
  simulator.app.federatedCredential = { ...federatedCredential, ...change };
}

async function makePair() {
  const pair = await generate([{ name: 'commonName', value: 'app' }], { keySize: 2048, algorithm: 'sha256' });
  const matches = new X509Certificate(pair.cert).checkPrivateKey(createPrivateKey(pair.private));
  if (!matches) throw new Error('the pair does not fit together');
  return pair;
}
