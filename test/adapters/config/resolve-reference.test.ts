import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { openReferences } from '../../../shared/adapters/config/resolve-reference.ts';
import { makeCertificate } from '../../../simulator/tls/make-certificate.ts';
import { trustAuthority } from '../../support/trust-authority.ts';

const MARKER = 'SECRETVALUE';
const identity = () => ({ getToken: async () => ({ token: MARKER, expiresOnTimestamp: Date.now() + 3_600_000 }) });
const noIdentity = () => {
  throw new Error('the vault must not be asked');
};

describe('the value of a setting', () => {
  const resolve = openReferences(
    { URL: ` ${MARKER} `, BLANK: ' ', UNRESOLVED: '@Microsoft.KeyVault(SecretUri=x)' },
    null,
    noIdentity,
  );

  it('is its text without blanks around', async () => {
    expect(await resolve({ setting: 'URL' })).toEqual({ ok: true, value: MARKER });
  });

  it.each([
    ['BLANK', /BLANK is missing or empty/],
    ['ABSENT', /ABSENT is missing or empty/],
    ['UNRESOLVED', /Key Vault reference that was not resolved, in the setting UNRESOLVED/],
  ])('%s is a problem that names it', async (setting, expected) => {
    expect(await resolve({ setting })).toEqual({ ok: false, problem: expect.stringMatching(expected) });
  });
});

describe('a secret of Key Vault', () => {
  let server: Server;
  let vaultUrl: string;
  let distrust: () => void;
  /** What the vault answers, by secret; the number of questions. */
  const secrets = new Map<string, { status: number; value?: string }>();
  let asked = 0;

  beforeAll(async () => {
    const { authority, certificate: cert, key } = await makeCertificate();
    server = createServer({ cert, key }, (request, response) => {
      // The client lets a vault demand a token only in its own domain, and this machine is not in it.
      asked += 1;
      const { status, value } = secrets.get(request.url?.split('/')[2] ?? '') ?? { status: 404 };
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ value, id: `${vaultUrl}/secrets/x/1`, attributes: {} }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    vaultUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    distrust = trustAuthority(authority);
  });

  afterAll(() => {
    distrust();
    server.closeAllConnections();
    server.close();
  });

  const open = () => openReferences({}, vaultUrl, identity);

  it('without a vault is a problem that names the setting', async () => {
    const resolve = openReferences({}, null, noIdentity);
    expect(await resolve({ vaultSecret: 'ops-url' })).toEqual({
      ok: false,
      problem: expect.stringContaining('DSW_VAULT_URL'),
    });
  });

  it('is read once and kept for a while', async () => {
    secrets.set('ops-url', { status: 200, value: `${MARKER}\n` });
    const [resolve, before] = [open(), asked];
    expect(await resolve({ vaultSecret: 'ops-url' })).toEqual({ ok: true, value: MARKER });
    secrets.set('ops-url', { status: 200, value: 'rotated' });
    expect(await resolve({ vaultSecret: 'ops-url' })).toEqual({ ok: true, value: MARKER });
    expect(asked - before).toBe(1);
    expect(await open()({ vaultSecret: 'ops-url' })).toEqual({ ok: true, value: 'rotated' });
  });

  it.each([
    ['absent', 404, /"absent" \(status 404\)/],
    ['forbidden', 403, /"forbidden" \(status 403\)/],
    ['blank', 200, /is empty in the Key Vault secret "blank"/],
  ])('%s is a problem that names it, and is asked for again', async (name, status, expected) => {
    const resolve = open();
    secrets.set(name, { status, value: ' ' });
    expect(await resolve({ vaultSecret: name })).toEqual({ ok: false, problem: expect.stringMatching(expected) });
    secrets.set(name, { status: 200, value: 'there now' });
    expect(await resolve({ vaultSecret: name })).toEqual({ ok: true, value: 'there now' });
  });

  it('of a vault that cannot be reached is a problem without the address of the vault', async () => {
    const resolve = openReferences({}, 'https://127.0.0.1:1', identity);
    const resolved = await resolve({ vaultSecret: 'ops-url' });
    expect(resolved).toEqual({ ok: false, problem: expect.stringContaining('"ops-url"') });
  }, 20_000);
});
