import fc from 'fast-check';
import { type AuditRecord, auditSpan, matchAudit } from '../../../shared/core/evidence/match-audit.ts';
import { later, MINUTE } from '../../../shared/core/time.ts';
import { HOSTILE_TEXTS } from '../../fixtures/hostile-texts.ts';
import { WINDOW } from '../../support/sample-facts.ts';

const AT = '2026-11-20T09:02:41.000Z';
const OPENED = [
  { Name: 'Identity', Value: 'x' },
  { Name: 'RejectDirectSend', Value: 'False' },
];

/** A record of the change, with something else in it. */
function record(change: Partial<AuditRecord> = {}, data: Record<string, unknown> = {}): AuditRecord {
  const auditData = { ResultStatus: 'True', ExternalAccess: false, Parameters: OPENED, ...data };
  const { auditData: own = auditData, ...rest } = change;
  return {
    ...{ createdDateTime: AT, operation: 'Set-OrganizationConfig', userPrincipalName: 'jana@fabrikam.example' },
    ...{ clientIp: '198.51.100.24', ...rest, auditData: own },
  };
}
const accountsIn = (...records: AuditRecord[]) => matchAudit(records, WINDOW).map(({ account }) => account);
const matches = (one: AuditRecord) => matchAudit([one], WINDOW).length === 1;

test('the change is who made it, when, from where and with what', () => {
  expect(matchAudit([record({}, { AppId: 'fb78d390', ExternalAccess: true })], WINDOW)).toEqual([
    { at: AT, account: 'jana@fabrikam.example', clientIp: '198.51.100.24', application: 'fb78d390', external: true },
  ]);
});

test('what the record does not say is not known', () => {
  const bare = {
    createdDateTime: AT,
    operation: 'Set-OrganizationConfig',
    auditData: { ResultStatus: 'True', Parameters: OPENED },
  };
  expect(matchAudit([bare], WINDOW)).toEqual([
    { at: AT, account: 'unnamed account', clientIp: null, application: null, external: false },
  ]);
});

test.each<[string, AuditRecord, object]>([
  ['the account of the data', record({ userPrincipalName: ' ' }, { UserId: 'id@x' }), { account: 'id@x' }],
  ['the key of the account', record({ userPrincipalName: null }, { UserKey: 'key' }), { account: 'key' }],
  [
    'the address of the data',
    record({ clientIp: undefined }, { ClientIP: '203.0.113.7' }),
    { clientIp: '203.0.113.7' },
  ],
  ['the client application first', record({}, { AppId: 'a', ClientAppId: 'c' }), { application: 'c' }],
  ['the time of the data', record({ createdDateTime: undefined }, { CreationTime: '2026-11-20T09:02:41' }), { at: AT }],
  ['a time with another zone', record({ createdDateTime: '2026-11-20T11:02:41+02:00' }), { at: AT }],
  ['a partner, told as text', record({}, { ExternalAccess: 'True' }), { external: true }],
])('%s is used', (_, one, actor) => expect(matchAudit([one], WINDOW)[0]).toMatchObject(actor));

test.each<[string, AuditRecord]>([
  ['as a JSON text', record({ auditData: JSON.stringify({ ResultStatus: 'True', Parameters: OPENED }) })],
  ['whose parameters are JSON texts', record({}, { Parameters: OPENED.map((one) => JSON.stringify(one)) })],
  ['that says Succeeded', record({}, { ResultStatus: 'Succeeded' })],
  ['that says true', record({}, { ResultStatus: true })],
  ['with $false', record({}, { Parameters: [{ Name: 'RejectDirectSend', Value: '$false' }] })],
  ['with a boolean', record({}, { Parameters: [{ Name: 'RejectDirectSend', Value: false }] })],
])('a record %s matches', (_, one) => expect(matches(one)).toBe(true));

test.each<[string, AuditRecord]>([
  ['of another operation', record({ operation: 'Set-TransportConfig' })],
  ['of a change that failed', record({}, { ResultStatus: 'False' })],
  ['that says nothing of its result', record({}, { ResultStatus: undefined })],
  ['of a change to true', record({}, { Parameters: [{ Name: 'RejectDirectSend', Value: 'True' }] })],
  ['of another setting', record({}, { Parameters: [{ Name: 'Other', Value: 'False' }] })],
  [
    'with a value that only begins alike',
    record({}, { Parameters: [{ Name: 'RejectDirectSend', Value: 'Falsehood' }] }),
  ],
  ['with a value that only ends alike', record({}, { Parameters: [{ Name: 'RejectDirectSend', Value: 'NotFalse' }] })],
  ['with a value that is a list', record({}, { Parameters: [{ Name: 'RejectDirectSend', Value: ['False'] }] })],
  ['with a result that only ends alike', record({}, { ResultStatus: 'untrue' })],
  ['with a result that only begins alike', record({}, { ResultStatus: 'Succeeded in part' })],
  ['with a result that is a list', record({}, { ResultStatus: ['True'] })],
  ['with parameters that are no list', record({}, { Parameters: 'RejectDirectSend' })],
  ['without data', record({ auditData: null })],
  ['with broken data', record({ auditData: '{"ResultStatus":' })],
  ['without a time', record({ createdDateTime: undefined })],
  ['with a time that is none', record({ createdDateTime: 'yesterday' })],
])('a record %s does not match', (_, one) => expect(matches(one)).toBe(false));

describe('the window', () => {
  const from = later(WINDOW.notBefore, -15 * MINUTE);

  test('begins a quarter of an hour before the last enforced reading, for clocks differ', () => {
    expect(auditSpan(WINDOW)).toEqual({ from, to: WINDOW.notAfter });
    const since = later(WINDOW.notAfter, -15 * MINUTE);
    expect(auditSpan({ ...WINDOW, notBefore: null })).toEqual({ from: since, to: WINDOW.notAfter });
  });

  test.each([
    ['at its beginning', from, false],
    ['a millisecond later', later(from, 1), true],
    ['at its end', WINDOW.notAfter, true],
    ['a millisecond after it', later(WINDOW.notAfter, 1), false],
  ])('a change %s', (_, createdDateTime, inside) => expect(matches(record({ createdDateTime }))).toBe(inside));
});

test('several changes are all listed, newest first', () => {
  const change = (userPrincipalName: string, minutes: number) =>
    record({ userPrincipalName, createdDateTime: later(AT, minutes * MINUTE) });
  expect(accountsIn(change('second', 1), change('third', 2), change('first', 0))).toEqual(['third', 'second', 'first']);
});

test('nothing of a hostile record reaches people as it is, and none breaks the search', () => {
  const text = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS.map((one) => one.text)), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(text, fc.anything(), (hostile, anything) => {
      const good = record({ userPrincipalName: hostile, clientIp: hostile }, { AppId: hostile });
      const [actor] = matchAudit(
        [anything as AuditRecord, good].filter((one) => typeof one === 'object' && one !== null),
        WINDOW,
      );
      for (const shown of [actor?.account, actor?.clientIp, actor?.application]) {
        expect(shown ?? '').not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        expect((shown ?? '').length).toBeLessThanOrEqual(300);
      }
    }),
    { seed: 43, numRuns: 300 },
  );
});
