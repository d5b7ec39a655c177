import { METRIC_ATTRIBUTES, METRICS } from '../../shared/core/telemetry-names.ts';
import type { AssessedSource } from '../../shared/core/traffic/assessed-source.ts';
import { countMessages, findNewMessages } from '../../shared/jobs/count-messages.ts';
import type { Services } from '../../shared/jobs/services.ts';
import { buildDay } from '../core/traffic/build-source.ts';

const SCANNER = '203.0.113.9';
const FORGER = '198.51.100.77';

test('mail of a day that is read again is not new again; what came since is', () => {
  const stored = [buildDay({ day: 9, messages: 5 }), buildDay({ day: 10, messages: 4 })];
  const read = [
    buildDay({ day: 9, messages: 5 }),
    buildDay({ day: 10, messages: 7 }),
    buildDay({ day: 11, messages: 2 }),
    buildDay({ day: 10, messages: 1, class: 'header-only' }),
  ];
  const found = findNewMessages(stored, read).map(({ class: kind, messages }) => [kind, messages]);
  expect(found).toEqual([
    ['direct-send', 3],
    ['direct-send', 2],
    ['header-only', 1],
  ]);
  expect(findNewMessages(read, read)).toEqual([]);
  expect(findNewMessages(read, stored)).toEqual([]);
});

test('new Direct Send messages are counted by the assessment of their source', () => {
  const counted: unknown[] = [];
  const telemetry = { count: (...args: unknown[]) => counted.push(args) } as unknown as Services['telemetry'];
  const assessed = [
    { key: SCANNER, class: 'direct-send', assessment: 'device-or-app' },
    { key: FORGER, class: 'direct-send', assessment: 'likely-spoof' },
    { key: FORGER, class: 'header-only', assessment: 'likely-spoof' },
  ] as unknown as AssessedSource[];
  const found = [
    { class: 'direct-send', source: SCANNER, messages: 3 },
    { class: 'direct-send', source: SCANNER, messages: 4 },
    { class: 'direct-send', source: FORGER, messages: 2 },
    { class: 'header-only', source: FORGER, messages: 9 },
    { class: 'direct-send', source: '192.0.2.1', messages: 1 },
  ] as const;
  countMessages({ telemetry }, found, assessed);
  expect(counted).toEqual([
    [METRICS.directSendMessages, 7, { [METRIC_ATTRIBUTES.assessment]: 'device-or-app' }],
    [METRICS.directSendMessages, 2, { [METRIC_ATTRIBUTES.assessment]: 'likely-spoof' }],
  ]);
});
