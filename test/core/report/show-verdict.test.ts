import { showTime, showVerdict, showWhy } from '../../../shared/core/report/show-verdict.ts';
import { GATEWAY, tenantOf } from './sample-report.ts';

const WINDOW = { notBefore: '2026-10-31T08:00:00.000Z', notAfter: '2026-10-31T08:15:00.000Z' };
const AT = (time: string) => `<time datetime="2026-10-31T${time}:00.000Z">2026-10-31 ${time} UTC</time>`;

test.each<[string, Parameters<typeof tenantOf>[0], string]>([
  ['enforced', { verdict: 'enforced' }, '<span class="badge good">enforced</span>'],
  [
    'enforced, and mail gets in past the gateway',
    { verdict: 'enforced', mx: GATEWAY },
    '<span class="badge warn">enforced, gateway bypass open</span>',
  ],
  ['permissive', { verdict: 'permissive' }, '<span class="badge bad">PERMISSIVE</span>'],
  [
    'permissive by an exception',
    { verdict: 'permissive', excepted: true },
    '<span class="badge calm">permissive, excepted</span>',
  ],
  ['unknown', { verdict: 'unknown' }, '<span class="badge warn">unknown</span>'],
])('a tenant that is %s', (_, change, shown) => expect(showVerdict(tenantOf(change))).toBe(shown));

test.each<[string, Parameters<typeof tenantOf>[0], string]>([
  ['was opened within a window', { window: WINDOW }, `opened between ${AT('08:00')} and ${AT('08:15')}`],
  ['was found open', { window: { ...WINDOW, notBefore: null } }, `seen since ${AT('08:15')}`],
  [
    'was read enforced once since',
    { verdict: 'enforced', state: 'permissive', window: WINDOW },
    `opened between ${AT('08:00')} and ${AT('08:15')}; one more good reading closes it`,
  ],
  ['is enforced', { verdict: 'enforced' }, ''],
  ['was never read', { verdict: 'unknown' }, 'not checked yet'],
])('why a tenant %s', (_, change, shown) => expect(showWhy(tenantOf(change))).toBe(shown));

test('why nothing is known is said by its cause, whatever window is open', () => {
  const why = showWhy(tenantOf({ verdict: 'unknown', reason: 'throttled', window: WINDOW }));
  expect(why).not.toBe(showWhy(tenantOf({ verdict: 'unknown', reason: 'network', window: WINDOW })));
  expect(why).not.toContain('<time');
});

test('a moment that never was is said to be that', () => {
  expect(showTime(null)).toBe('never');
  expect(showTime('2026-10-31T08:15:00.000Z')).toBe(AT('08:15'));
});
