import { signInBehaviours } from '../../../simulator/sign-in/sign-in-behaviours.ts';
import { bySecret, expectReading, openReader, type Reader } from '../../support/open-reader.ts';

// A reader for each test: closing it ends what still hangs.
let reader: Reader;
afterEach(() => reader.close());

it.each(['hangBeforeHeaders', 'hangInBody'] as const)('%s ends with the budget of the tenant', async (fault) => {
  reader = await openReader();
  const [hanging, healthy] = [reader.freshTenant(), reader.freshTenant()];
  hanging.behave('signIn', signInBehaviours[fault]);
  const [{ reading }] = await Promise.all([
    expectReading(reader, hanging.id, ['unknown', 'network', 0, 0], { budget: 200 }),
    expectReading(reader, healthy.id, ['enforced', null, 1, 0]),
  ]);
  expect(reading).toMatchObject({ detail: 'sign-in took longer than the time for this tenant' });
});

it('a sign-in that hung is begun anew the next time', async () => {
  reader = await openReader();
  const tenant = reader.freshTenant();
  tenant.behave('signIn', signInBehaviours.hangBeforeHeaders, 'healthy');
  await expectReading(reader, tenant.id, ['unknown', 'network', 0, 0], { budget: 200 });
  await expectReading(reader, tenant.id, ['enforced', null, 1, 0]);
});

it('an authority that accepts connections and says nothing is given up with the budget of the tenant', async () => {
  reader = await openReader(bySecret, (simulator) => simulator.silentUrl);
  await expectReading(reader, reader.freshTenant().id, ['unknown', 'network', 0, 0], { budget: 200 });
});
