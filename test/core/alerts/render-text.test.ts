import { renderForTerminal, renderForTextMail } from '../../../shared/core/alerts/render-text.ts';
import { alertsOfEveryKind, contextOf } from '../../support/alerts-of-every-kind.ts';
import { REAL_TEXTS } from '../../support/sample-facts.ts';

const texts = { ...REAL_TEXTS, tenantName: 'Fabrikam evil.com' };
const drifted = alertsOfEveryKind(texts)[0]!;

test('a terminal shows the story first, then facts, steps, links and proof, in paragraphs', () => {
  const lines = renderForTerminal(drifted.alert, contextOf(drifted, 'en')).split('\n');
  expect(lines[0]).toBe('DRIFT: Direct Send is allowed again – Fabrikam evil.com');
  const at = (start: string) => lines.findIndex((line) => line.startsWith(start));
  const order = [
    'Anyone on the internet',
    'Customer: ',
    'What to do:',
    'Open evidence: https://',
    'Alert id: ',
    'Sent by',
  ].map(at);
  expect(order).not.toContain(-1);
  expect(order).toEqual([...order].sort((one, other) => one - other));
  expect(lines).toContain('    Set-OrganizationConfig -RejectDirectSend $true');
});

test('a mail program would make links of addresses, a terminal is trusted not to', () => {
  expect(renderForTextMail(drifted.alert, contextOf(drifted, 'en'))).toContain('Fabrikam evil[.]com');
  expect(renderForTerminal(drifted.alert, contextOf(drifted, 'en'))).toContain('Fabrikam evil.com');
});

test('lists are lists', () => {
  const digest = alertsOfEveryKind().find((one) => one.name === 'digest')!;
  const text = renderForTerminal(digest.alert, contextOf(digest, 'en'));
  expect(text).toContain('\nDRIFT: 6 alerts\n- Fabrikam GmbH\n  between 2026-11-20T08:59:02Z');
  expect(text).not.toContain('\n\n\n');
});
