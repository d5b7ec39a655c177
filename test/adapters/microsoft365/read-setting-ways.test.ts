import type { Behaviour } from '../../../simulator/behaviour/behaviour.ts';
import { exchangeFaults, settingAnswers } from '../../../simulator/exchange/exchange-behaviours.ts';
import type { SimulatedTenant } from '../../../simulator/tenant/tenant.ts';
import { type Expected, expectReading, openReader, type Reader } from '../../support/open-reader.ts';

let reader: Reader;

beforeAll(async () => {
  reader = await openReader();
});

afterAll(async () => {
  // Whatever was switched on, our own requests were right.
  expect(reader.simulator.requests.filter(({ wrong }) => wrong !== null)).toEqual([]);
  await reader.close();
});

describe('the second way', () => {
  const cases: [string, Behaviour, (tenant: SimulatedTenant) => void, Expected][] = [
    ['answers when InvokeCommand is gone', exchangeFaults.notFound, previewOn, ['permissive', null, 1, 1]],
    [
      'answers when InvokeCommand refuses the request',
      exchangeFaults.badRequest,
      previewOn,
      ['permissive', null, 1, 1],
    ],
    ['answers when the property is missing', settingAnswers.absentKey, previewOn, ['permissive', null, 1, 1]],
    [
      'no longer has the property once it is generally available',
      exchangeFaults.notFound,
      (tenant) => (tenant.adminApi = 'general-availability'),
      ['unknown', 'setting-not-returned', 1, 1],
    ],
    [
      'is retried like the first',
      exchangeFaults.notFound,
      (tenant) => {
        previewOn(tenant);
        tenant.behave('adminApi', exchangeFaults.throttledForSeconds, 'healthy');
      },
      ['permissive', null, 1, 2],
    ],
    [
      'lacks the role, when InvokeCommand is gone',
      exchangeFaults.notFound,
      (tenant) => tenant.behave('adminApi', exchangeFaults.roleMissing),
      ['unknown', 'role-missing', 1, 1],
    ],
    [
      'lacks the role, when the property is missing: the missing property is the news',
      settingAnswers.absentKey,
      (tenant) => tenant.behave('adminApi', exchangeFaults.roleMissing),
      ['unknown', 'setting-not-returned', 1, 1],
    ],
    [
      'is cut off',
      exchangeFaults.notFound,
      (tenant) => tenant.behave('adminApi', exchangeFaults.cutBeforeHeaders),
      ['unknown', 'network', 1, 1],
    ],
  ];
  it.each(cases)('%s', async (_name, first, prepare, expected) => {
    const tenant = reader.freshTenant();
    tenant.setting = false;
    tenant.behave('exchange', first);
    prepare(tenant);
    await expectReading(reader, tenant.id, expected);
  });

  function previewOn(tenant: SimulatedTenant): void {
    tenant.adminApi = 'preview';
  }
});
