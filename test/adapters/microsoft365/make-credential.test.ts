import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import type { CredentialSettings } from '../../../shared/adapters/config/settings.ts';
import { openHttpPool } from '../../../shared/adapters/http/send-request.ts';
import { openSignIn } from '../../../shared/adapters/microsoft365/sign-in.ts';
import { wireFaults } from '../../../simulator/behaviour/wire-faults.ts';
import type { FederatedCredential } from '../../../simulator/sign-in/app-registration.ts';
import { json } from '../../../simulator/wire/reply.ts';
import { expectReading, openReader, type Reader } from '../../support/open-reader.ts';

// One simulator for all: the library remembers the identity endpoint for as long as the process lives.
let reader: Reader;
let federated: FederatedCredential;
const pool = openHttpPool();
const folder = mkdtempSync(join(tmpdir(), 'dsw-certificate-'));

beforeAll(async () => {
  reader = await openReader();
  federated = reader.simulator.app.federatedCredential!;
  process.env.IDENTITY_ENDPOINT = reader.simulator.managedIdentityEndpoint;
  process.env.IDENTITY_HEADER = reader.simulator.managedIdentityHeader;
});

afterEach(() => {
  reader.simulator.behave('managedIdentity');
  reader.simulator.app.federatedCredential = federated;
});

afterAll(async () => {
  delete process.env.IDENTITY_ENDPOINT;
  delete process.env.IDENTITY_HEADER;
  rmSync(folder, { recursive: true });
  await Promise.all([reader.close(), pool.close()]);
});

const always = new AbortController().signal;

/** Signs in to a tenant with a credential; the reason when it gave no token. */
async function signIn(credential: CredentialSettings, id: string) {
  const got = await openSignIn(credential, reader.endpoints, pool.send).token(
    { id, cloud: 'global' },
    'exchange',
    always,
  );
  expect(JSON.stringify(got.ok ? null : got.finding)).not.toContain(reader.simulator.marker);
  return got.ok ? 'token' : got.finding;
}

const byIdentity = (): CredentialSettings => ({
  kind: 'federated-identity',
  clientId: reader.simulator.app.clientId,
  managedIdentityClientId: reader.simulator.managedIdentity.clientId,
});

const countIdentity = () => reader.simulator.requests.filter(({ surface }) => surface === 'managedIdentity').length;

describe('a managed identity as the federated credential of the app', () => {
  it('signs in to every tenant, and is itself asked once', async () => {
    const before = countIdentity();
    for (const tenant of [reader.freshTenant(), reader.freshTenant()]) {
      expect(await signIn(byIdentity(), tenant.id)).toBe('token');
    }
    expect(countIdentity() - before).toBe(1);
  });

  it.each(['issuer', 'subject', 'audience'] as const)('with a wrong %s is our own fault', async (field) => {
    reader.simulator.app.federatedCredential = { ...federated, [field]: 'something else' };
    const finding = await signIn(byIdentity(), reader.freshTenant().id);
    expect(finding).toMatchObject({ reason: 'credential-rejected', detail: expect.stringMatching(/AADSTS70021[123]/) });
  });

  it('that the host does not have is our own fault, whatever tenant is signed in to', async () => {
    const credential = { ...byIdentity(), managedIdentityClientId: '00000000-0000-4000-8000-00000000dead' };
    const finding = await signIn(credential as CredentialSettings, reader.freshTenant().id);
    expect(finding).toMatchObject({
      reason: 'credential-rejected',
      detail: expect.stringContaining('managed identity'),
    });
  });
});

describe('a managed identity by itself', () => {
  const alone = (): CredentialSettings => ({
    kind: 'managed-identity',
    managedIdentityClientId: reader.simulator.managedIdentity.clientId,
  });

  it('signs in to its own tenant', async () => {
    expect(await signIn(alone(), reader.simulator.app.homeTenantId)).toBe('token');
  });

  it('cannot sign in to another tenant, and says what to use for that', async () => {
    const finding = await signIn(alone(), reader.freshTenant().id);
    expect(finding).toMatchObject({
      reason: 'consent-missing',
      detail: expect.stringContaining('DSW_CREDENTIAL=federated-identity'),
    });
  });

  it.each([
    ['refuses', json(400, { statusCode: 400, message: 'No identity found.' })],
    ['cuts the connection', wireFaults.cutBeforeHeaders],
  ])(
    'whose endpoint %s is our own fault',
    async (_what, behaviour) => {
      // A client id of its own: tokens that were given are kept for the whole process.
      const credential = { ...alone(), managedIdentityClientId: `00000000-0000-4000-8000-00000000${_what.length}aa` };
      reader.simulator.behave('managedIdentity', behaviour);
      const finding = await signIn(credential as CredentialSettings, reader.simulator.app.homeTenantId);
      expect(finding).toMatchObject({ reason: 'credential-rejected' });
    },
    30_000,
  );
});

describe('a certificate', () => {
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return {
      kind: 'certificate',
      clientId: reader.simulator.app.clientId,
      certificatePath: join(folder, name),
    } as const;
  };

  it('that is registered signs in; another one is our own fault', async () => {
    const names = [{ name: 'commonName', value: 'dsw' }];
    const [good, bad] = await Promise.all([generate(names, { keySize: 2048 }), generate(names, { keySize: 2048 })]);
    reader.simulator.app.certificates = [good.cert];
    expect(await signIn(write('good.pem', good.private + good.cert), reader.freshTenant().id)).toBe('token');
    expect(await signIn(write('bad.pem', bad.private + bad.cert), reader.freshTenant().id)).toMatchObject({
      reason: 'credential-rejected',
    });
  });

  it.each([
    ['that is no certificate', 'certificate'],
    ['without its private key', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
  ])('%s is our own fault', async (_what, text) => {
    const finding = await signIn(write('broken.pem', text), reader.freshTenant().id);
    expect(finding).toMatchObject({ reason: 'credential-rejected' });
    expect(finding).not.toMatchObject({ detail: expect.stringContaining(folder) });
  });
});

describe('a client secret', () => {
  it('that is wrong is our own fault', async () => {
    const credential = { kind: 'secret', clientId: reader.simulator.app.clientId, clientSecret: 'wrong' } as const;
    expect(await signIn(credential, reader.freshTenant().id)).toMatchObject({ reason: 'credential-rejected' });
  });

  it('of an app that the tenant does not know is missing consent', async () => {
    const credential = {
      kind: 'secret',
      clientId: '11111111-0000-4000-8000-000000000000',
      clientSecret: 'any',
    } as const;
    expect(await signIn(credential, reader.freshTenant().id)).toMatchObject({ reason: 'consent-missing' });
  });
});

it('the reading goes on by whichever credential was configured', async () => {
  await expectReading(reader, reader.freshTenant().id, ['enforced', null, 1, 0]);
});
