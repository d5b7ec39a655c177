import { wireFaults } from '../../../simulator/behaviour/wire-faults.ts';
import { aadsts } from '../../../simulator/sign-in/sign-in-behaviours.ts';
import { empty } from '../../../simulator/wire/reply.ts';
import { startChild } from '../../end-to-end/start-child.ts';
import { tenantId } from '../../support/open-world.ts';
import { type Desk, fleetFile, openDesk } from '../open-desk.ts';

const ID = tenantId(1);

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
  await desk.world.register(fleetFile(desk.world, 1));
});

afterEach(() => desk.close());

test('prints the consent link, waits through consent and role, and ends when the setting can be read', async () => {
  const { simulator } = desk.world;
  const absent = aadsts(7000229);
  simulator.tenant(ID).behave('signIn', absent, absent, absent, 'healthy');
  simulator.tenant(ID).behave('exchange', empty(403), 'healthy');
  const said = await desk.run('onboard', ID.toUpperCase());
  expect(said).toMatchObject({ code: 0, err: '' });
  expect(said.out).toContain(`${simulator.authorityUrl}/${ID}/adminconsent?client_id=${simulator.app.clientId}`);
  const steps = said.out.split('\n').filter((line) => /^\d\d:/.test(line));
  expect(steps.map((line) => line.slice(0, 8) + line.slice(10, 32))).toEqual([
    '08:00:00waiting for consent',
    '08:00:30waiting for the role: ',
    '08:00:40works: RejectDirectSen',
  ]);
});

test('gives up after --wait with exit 2, and says each thing once', async () => {
  desk.world.simulator.tenant(ID).consent = 'app-absent';
  const said = await desk.run('onboard', ID, '--wait', '2m');
  expect(said.code).toBe(2);
  expect(said.out.match(/waiting for consent/g)).toHaveLength(1);
  expect(said.out).toContain(`gave up after 2m; what is missing, and its fix: dsw doctor ${ID}`);
});

test('on a screen a bar shows how long it has waited, and is gone at the end', async () => {
  const screen = await openDesk({}, { isScreen: true });
  await screen.world.register(fleetFile(screen.world, 1));
  screen.world.simulator.tenant(ID).consent = 'app-absent';
  const { out, err } = await screen.run('onboard', ID, '--wait', '30s');
  await screen.close();
  expect(err).toMatch(/waiting, seconds .+ 0\/30.+ 10\/30.+ 20\/30/s);
  expect(err.endsWith('\r\u001b[2K')).toBe(true);
  expect(out).toContain('grant-tenant.sh --app');
});

test('Ctrl-C ends the wait at once, without a word about it', async () => {
  const { env, simulator } = desk.world;
  simulator.tenant(ID).consent = 'app-absent';
  const authority = desk.write('authority.pem', simulator.certificateAuthority);
  const child = startChild(['onboard', ID], { ...env, NODE_EXTRA_CA_CERTS: authority });
  await child.said('waiting for consent');
  child.kill('SIGINT');
  expect(await child.ended).toMatchObject({ code: 130, signal: null, err: '' });
});

test('an identity has no consent link: the command that grants its rights instead', async () => {
  const { env } = desk.world;
  Object.assign(env, { DSW_CREDENTIAL: 'managed-identity' });
  const before = { ...process.env };
  // The platform's own sign-in, at a port of this machine where nobody listens.
  Object.assign(process.env, { IDENTITY_ENDPOINT: 'http://127.0.0.1:9/token', IDENTITY_HEADER: 'x' });
  const { code, out } = await desk.run('onboard', ID, '--wait', '1s');
  for (const name of ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER']) {
    if (before[name] === undefined) delete process.env[name];
  }
  expect(code).toBe(2);
  expect(out).toContain('infra/identity/grant-tenant.sh --identity IDENTITY_PRINCIPAL_ID');
  expect(out).not.toContain('adminconsent');
});

test('any other reason is said in words', async () => {
  desk.world.simulator.tenant(ID).behave('exchange', wireFaults.emptySuccess);
  const said = await desk.run('onboard', ID, '--wait', '1s');
  expect(said.code).toBe(2);
  expect(said.out).toMatch(/setting-not-returned: \w+/);
});

test('a wrong duration, an unknown tenant: exit 3', async () => {
  expect(await desk.run('onboard', ID, '--wait', 'long')).toMatchObject({ code: 3, out: '' });
  expect(await desk.run('onboard', tenantId(9))).toMatchObject({ code: 3, out: '' });
});
