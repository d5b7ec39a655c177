import { type Approval, findApproval, printOf } from '../../../shared/core/traffic/approval.ts';
import { foldDays } from '../../../shared/core/traffic/fold-days.ts';
import { buildDay, NOW } from './build-source.ts';

const APPROVAL: Approval = {
  ...{ id: 'a1', block: '203.0.113.9', sender: null, reason: 'scanner', by: 'kim' },
  ...{ at: '2026-09-01T00:00:00.000Z', until: '2027-01-01T00:00:00.000Z' },
};
const [SCANNER, BOSS] = ['scanner@contoso.example', 'boss@contoso.example'];

function stateOf(change: Partial<Approval> | readonly Approval[], input = {}, addresses?: readonly string[]) {
  const [source] = foldDays([{ ...buildDay({ from: [SCANNER], ...input }), ...(addresses && { addresses }) }]);
  const approvals = Array.isArray(change) ? change : [{ ...APPROVAL, ...change }];
  return findApproval(source!, approvals, NOW);
}

test.each<[string, Partial<Approval>, string]>([
  ['of the address', {}, 'yes'],
  ['of a block around it', { block: '203.0.113.0/24' }, 'yes'],
  ['of another address', { block: '203.0.113.10' }, 'no'],
  ['of a text that is no block', { block: 'scanner' }, 'no'],
  ['that begins now', { at: NOW }, 'yes'],
  ['that begins later', { at: '2026-10-31T00:00:00.001Z' }, 'no'],
  ['that ends now', { until: NOW }, 'no'],
  ['that ends later', { until: '2026-10-31T00:00:00.001Z' }, 'yes'],
  ['of its only sender', { sender: SCANNER }, 'yes'],
  ['of another sender', { sender: BOSS }, 'other-senders'],
])('an approval %s: %#', (_, change, state) => expect(stateOf(change)).toBe(state));

test('no approval approves nothing', () => expect(stateOf([])).toBe('no'));

test('approvals of single senders add up, and one of all senders covers everybody', () => {
  const both = { from: [SCANNER, BOSS] };
  const forScanner = { ...APPROVAL, sender: SCANNER };
  expect(stateOf([forScanner], both)).toBe('other-senders');
  expect(stateOf([forScanner, { ...APPROVAL, sender: BOSS }], both)).toBe('yes');
  expect(stateOf([forScanner, APPROVAL], both)).toBe('yes');
});

describe('a source of several addresses', () => {
  const source = '2001:db8:1:2::/64';
  const seen = ['2001:db8:1:2::5', '2001:db8:1:2::6'];
  test.each([
    ['its block', source, 'yes'],
    ['a block around it', '2001:db8:1::/48', 'yes'],
    ['a part that has all its addresses', '2001:db8:1:2::/120', 'yes'],
    ['one of its addresses', '2001:db8:1:2::5', 'no'],
    ['another block', '2001:db8:1:3::/64', 'no'],
  ])('approved by %s: %s, %s', (_, block, state) => expect(stateOf({ block }, { source }, seen)).toBe(state));
});

test('a source without an address is approved by its own name only', () => {
  const input = { source: 'no-address' };
  expect(stateOf({ block: 'no-address' }, input, [])).toBe('yes');
  expect(stateOf({ block: '0.0.0.0/0' }, input, [])).toBe('no');
});

test('a print is the beginning of the SHA-256 of the address in small letters', () => {
  expect(printOf('Amy@Contoso.Example')).toBe(printOf('amy@contoso.example'));
  expect(printOf('amy@contoso.example')).toBe('0e995ae5');
});
