import { wireFaults } from '../../../simulator/behaviour/wire-faults.ts';
import { aadsts } from '../../../simulator/sign-in/sign-in-behaviours.ts';
import { empty } from '../../../simulator/wire/reply.ts';
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
