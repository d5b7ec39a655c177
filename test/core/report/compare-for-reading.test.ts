import { compareForReading } from '../../../shared/core/report/compare-for-reading.ts';
import { GATEWAY, tenantOf } from './sample-report.ts';

const open = tenantOf({ name: 'Zulu', verdict: 'permissive' });
const excepted = tenantOf({ name: 'Yankee', verdict: 'permissive', excepted: true });
const unknown = tenantOf({ name: 'X-ray', verdict: 'unknown' });
const bypassed = tenantOf({ name: 'Whiskey', verdict: 'enforced', mx: GATEWAY });
const closed = tenantOf({ name: 'Alpha', verdict: 'enforced' });

test('open, open by exception, unknown, closed but bypassed, closed: whatever the order before', () => {
  const inOrder = [open, excepted, unknown, bypassed, closed];
  for (let turn = 0; turn < inOrder.length; turn += 1) {
    const turned = [...inOrder.slice(turn), ...inOrder.slice(0, turn)];
    expect(turned.sort(compareForReading)).toEqual(inOrder);
    expect(turned.toReversed().sort(compareForReading)).toEqual(inOrder);
  }
});

test('a gateway that can be bypassed makes an open tenant no worse', () => {
  const open2 = tenantOf({ name: 'Alpha', verdict: 'permissive', mx: GATEWAY });
  expect([tenantOf({ name: 'Bravo' }), open2].sort(compareForReading).map(({ name }) => name)).toEqual([
    'Alpha',
    'Bravo',
  ]);
});

test('equal ones by name, as people sort names', () => {
  const names = ['Östersund', 'alpha', 'Zulu', 'Bravo'].map((name) => tenantOf({ name, verdict: 'enforced' }));
  expect(names.sort(compareForReading).map(({ name }) => name)).toEqual(['alpha', 'Bravo', 'Östersund', 'Zulu']);
});
