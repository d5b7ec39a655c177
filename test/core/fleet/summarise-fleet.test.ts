import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { digestLedgers, type Summarised, summariseFleet } from '../../../shared/core/fleet/summarise-fleet.ts';

const MONDAY = '2026-11-16T09:00:00.000Z';
const FRIDAY = '2026-11-20T09:00:00.000Z';
const row = (verdict: Summarised['verdict'], verifiedAt: string | null = FRIDAY, excepted = false): Summarised => {
  return { verdict, excepted, verifiedAt };
};

describe('the summary of a fleet', () => {
  test('counts tenants by verdict, and those with an exception by themselves', () => {
    const rows = [
      row('enforced'),
      row('enforced', MONDAY),
      row('permissive'),
      row('permissive', FRIDAY, true),
      row('unknown'),
    ];
    expect(summariseFleet(rows)).toEqual({
      ...{ tenants: 5, enforced: 2, permissive: 1, unknown: 1, excepted: 1, oldestVerifiedAt: MONDAY },
    });
  });

  test('counts a tenant by what was read, even when an exception would allow more', () => {
    const { enforced, unknown, excepted } = summariseFleet([
      row('enforced', FRIDAY, true),
      row('unknown', FRIDAY, true),
    ]);
    expect([enforced, unknown, excepted]).toEqual([1, 1, 0]);
  });

  test('names no oldest verification while one tenant was never verified', () => {
    expect(summariseFleet([row('enforced', MONDAY), row('unknown', null)]).oldestVerifiedAt).toBeNull();
    expect(summariseFleet([]).oldestVerifiedAt).toBeNull();
  });

  test('adds up, and leaves the rows as they are', () => {
    const verdict = fc.constantFrom('enforced', 'permissive', 'unknown');
    const any = fc.record({ verdict, excepted: fc.boolean(), verifiedAt: fc.option(fc.constantFrom(MONDAY, FRIDAY)) });
    fc.assert(
      fc.property(fc.array(any), (rows) => {
        const before = structuredClone(rows);
        const { tenants, enforced, permissive, unknown, excepted } = summariseFleet(rows);
        expect([tenants, rows]).toEqual([enforced + permissive + unknown + excepted, before]);
      }),
      { seed: 52, numRuns: 200 },
    );
  });
});

describe('the digest of many ledgers', () => {
  const ledgers = [
    { tenantId: 'b', seq: 2, hash: 'cc' },
    { tenantId: 'a', seq: 12, hash: 'dd' },
  ];

  test('is the SHA-256 of one line a tenant, in order', () => {
    expect(digestLedgers(ledgers)).toBe(createHash('sha256').update('a:12:dd\nb:2:cc').digest('hex'));
  });

  test('does not depend on the order of the rows, and on nothing else but them', () => {
    expect(digestLedgers([...ledgers].reverse())).toBe(digestLedgers(ledgers));
    expect(digestLedgers([{ ...ledgers[0]!, seq: 3 }, ledgers[1]!])).not.toBe(digestLedgers(ledgers));
    expect(digestLedgers([{ ...ledgers[0]!, hash: 'ce' }, ledgers[1]!])).not.toBe(digestLedgers(ledgers));
    expect(digestLedgers([{ ...ledgers[0]!, tenantId: 'c' }, ledgers[1]!])).not.toBe(digestLedgers(ledgers));
  });

  test('of no ledger is that of an empty text', () => {
    expect(digestLedgers([])).toBe(createHash('sha256').digest('hex'));
  });
});
