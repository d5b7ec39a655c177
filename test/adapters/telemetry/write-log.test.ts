import { openLog } from '../../../shared/adapters/telemetry/write-log.ts';
import { HOSTILE_TEXTS } from '../../fixtures/hostile-texts.ts';

function openRecording() {
  const lines: [string, string][] = [];
  return { lines, log: openLog((level, line) => lines.push([level, line])) };
}

it('writes one line per event: the message, then its details as JSON', () => {
  const { lines, log } = openRecording();
  log.info('a sweep closed', { runId: 'run', done: 3 });
  log.warn('slow');
  log.error('broken', { cause: null });
  expect(lines).toEqual([
    ['info', 'a sweep closed {"runId":"run","done":3}'],
    ['warn', 'slow'],
    ['error', 'broken {"cause":null}'],
  ]);
});

it('stays one printable line whatever a text contains', () => {
  const { lines, log } = openRecording();
  for (const { text } of HOSTILE_TEXTS) log.error(`refused: ${text}`, { name: text, list: [{ deep: text }] });
  expect(lines).toHaveLength(HOSTILE_TEXTS.length);
  for (const [, line] of lines) {
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    // Three texts of 300 characters, in two of which every one may be escaped.
    expect(line.length).toBeLessThan(1600);
  }
});
