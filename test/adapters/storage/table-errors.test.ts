import { RestError, type TransactionAction } from '@azure/data-tables';
import { isConflict, orNull, statusOf } from '../../../shared/adapters/storage/table-errors.ts';
import { openTables } from '../../support/open-tables.ts';

const rest = (statusCode: number) => new RestError('text', { statusCode });

it.each([
  [409, true],
  [412, true],
  [404, true],
  [400, false],
  [403, false],
  [500, false],
  [503, false],
])('status %i is a conflict: %s', (status, expected) => {
  expect(isConflict(rest(status))).toBe(expected);
});

it('what is no answer of storage is no conflict', () => {
  for (const error of [new Error('412'), 'conflict', null, undefined]) {
    expect(isConflict(error)).toBe(false);
    expect(statusOf(error)).toBeNull();
  }
});

it('a missing row is null, a missing table too, a refused request is an error', async () => {
  const table = (await openTables()).table('ledger');
  expect(await orNull(table.getEntity('a', 'b'))).toBeNull();
  const tooMany = Array.from({ length: 101 }, (_, nth) => ['create', { partitionKey: 'a', rowKey: `${nth}` }]);
  await expect(orNull(table.submitTransaction(tooMany as TransactionAction[]))).rejects.toThrow('maximum 100 changes');
  await table.deleteTable();
  expect(await orNull(table.getEntity('a', 'b'))).toBeNull();
});
