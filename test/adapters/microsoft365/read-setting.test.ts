import { settingAnswers } from '../../../simulator/exchange/exchange-behaviours.ts';
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

describe('a value of the setting', () => {
  it.each<[string, unknown, Expected]>([
    ['true', true, ['enforced', null, 1, 0]],
    ['false', false, ['permissive', null, 1, 0]],
    ['the text "True"', 'True', ['unknown', 'setting-not-returned', 1, 0]],
    ['the text "False"', 'False', ['unknown', 'setting-not-returned', 1, 0]],
    ['1', 1, ['unknown', 'setting-not-returned', 1, 0]],
    ['0', 0, ['unknown', 'setting-not-returned', 1, 0]],
    ['null', null, ['unknown', 'setting-not-returned', 1, 0]],
    ['a list', [true], ['unknown', 'setting-not-returned', 1, 0]],
    ['left out, and the Admin API off', undefined, ['unknown', 'setting-not-returned', 1, 1]],
  ])('%s', async (_name, setting, expected) => {
    const tenant = reader.freshTenant();
    tenant.setting = setting;
    await expectReading(reader, tenant.id, expected);
  });
});

describe('an answer of InvokeCommand about the setting', () => {
  const rows: Record<keyof typeof settingAnswers, Expected> = {
    stringTrue: ['unknown', 'setting-not-returned', 1, 0],
    stringFalse: ['unknown', 'setting-not-returned', 1, 0],
    numberOne: ['unknown', 'setting-not-returned', 1, 0],
    nullValue: ['unknown', 'setting-not-returned', 1, 0],
    absentKey: ['unknown', 'setting-not-returned', 1, 1],
    otherCaseKey: ['unknown', 'setting-not-returned', 1, 1],
    duplicateKey: ['unknown', 'setting-not-returned', 1, 0],
    annotationOnly: ['unknown', 'setting-not-returned', 1, 1],
    emptyValue: ['unknown', 'setting-not-returned', 1, 1],
    warningsOnly: ['unknown', 'setting-not-returned', 1, 1],
    twoObjects: ['unknown', 'setting-not-returned', 1, 0],
    bareArray: ['enforced', null, 1, 0],
    bareObject: ['enforced', null, 1, 0],
    withWarnings: ['enforced', null, 1, 0],
    withNextLink: ['enforced', null, 1, 0],
    errorInSuccess: ['unknown', 'service-error', 1, 0],
    settingBesideError: ['unknown', 'service-error', 1, 0],
    compressed: ['unknown', 'service-error', 1, 0],
    dripped: ['enforced', null, 1, 0],
  };
  it.each(Object.entries(rows))('%s', async (name, expected) => {
    const tenant = reader.freshTenant();
    tenant.behave('exchange', settingAnswers[name as keyof typeof settingAnswers]);
    await expectReading(reader, tenant.id, expected);
  });
});

describe('a cloud without the setting', () => {
  it.each(['gcc-high', 'dod'] as const)('%s is not asked at all', async (cloud) => {
    const tenant = reader.freshTenant();
    const read = await expectReading(reader, tenant.id, ['unknown', 'cloud-not-supported', 0, 0], { cloud });
    expect(read.signIn).toBe(0);
  });
});
