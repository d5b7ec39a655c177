import { createHash } from 'node:crypto';
import { ACKNOWLEDGE_STYLE, acknowledgeHeaders } from '../../../shared/core/alerts/acknowledge-style.ts';
import { type AcknowledgePage, renderAcknowledgePage } from '../../../shared/core/alerts/render-acknowledge-page.ts';
import type { Language } from '../../../shared/core/alerts/words/words.ts';
import { alertsOfEveryKind, contextOf } from '../../support/alerts-of-every-kind.ts';

const drifted = alertsOfEveryKind()[0]!;
const acknowledgement = { by: 'Jane <b>Doe</b>', at: '2026-11-20T10:00:00.000Z', until: '2026-11-27T10:00:00.000Z' };

function pageIn(state: AcknowledgePage['state'], language: Language = 'en'): string {
  if (state === 'refused') return renderAcknowledgePage({ state, language });
  const context = contextOf(drifted, language);
  return renderAcknowledgePage({ state, alert: drifted.alert, context, token: 'abc.def-_"', acknowledgement });
}

test('a valid link shows the alert and a form that posts', () => {
  const page = pageIn('valid');
  expect(page).toContain('DRIFT: Direct Send is allowed again – Fabrikam GmbH');
  expect(page).toContain(drifted.alert.id);
  expect(page).toContain('<form method="post">');
  expect(page).toContain('name="token" value="abc.def-_&#34;"');
  expect(page).toMatch(/<input name="by" required maxlength="100"/);
  expect([...page.matchAll(/<option value="(\d*)">/g)].map(([, days]) => days)).toEqual(['1', '7', '30', '']);
});

test('an alert that is acknowledged says by whom and until when, and can be acknowledged again', () => {
  const page = pageIn('acknowledged');
  expect(page).toContain('Already acknowledged');
  expect(page).toContain('By Jane &#60;b&#62;Doe&#60;/b&#62;, 20 Nov 2026, 10:00 (Europe/London).');
  expect(page).toContain('No reminders until 27 Nov 2026, 10:00 (Europe/London).');
  expect(page).toContain('<form method="post">');
});

test('after the form the page says what was recorded and that the gap is still open, without a form', () => {
  const page = pageIn('done');
  expect(page).toContain('Recorded for Jane &#60;b&#62;Doe&#60;/b&#62;.');
  expect(page).toContain('the gap is still open');
  expect(page).not.toContain('<form');
});

test('a link that is refused shows nothing of any tenant', () => {
  const page = pageIn('refused');
  expect(page).toContain('This link does not work');
  for (const secret of ['Fabrikam', drifted.alert.id, '<form', 'fabrikam.example']) expect(page).not.toContain(secret);
});

test('an acknowledgement without an end says no end', () => {
  const context = contextOf(drifted, 'en');
  const open = { ...acknowledgement, until: null };
  const page = renderAcknowledgePage({ state: 'done', alert: drifted.alert, context, acknowledgement: open });
  expect(page).not.toContain('No reminders until');
});

test.each(['valid', 'acknowledged', 'done', 'refused'] as const)(
  '%s: no script, no style but the one that the headers allow',
  (state) => {
    for (const language of ['en', 'ja', 'fi'] as const) {
      const page = pageIn(state, language);
      expect(page).toContain(`<html lang="${language}-`);
      expect(page).not.toMatch(/<script|\son\w+=|\sstyle=|src=|javascript:/i);
      const styles = [...page.matchAll(/<style>([^<]*)<\/style>/g)].map(([, style]) => style);
      expect(styles).toEqual([ACKNOWLEDGE_STYLE]);
      const hash = createHash('sha256').update(styles[0]!).digest('base64');
      expect(acknowledgeHeaders()['content-security-policy']).toContain(`style-src 'sha256-${hash}'`);
    }
  },
);

test('the headers allow the form, and keep the link out of referrers, caches and frames', () => {
  const headers = acknowledgeHeaders();
  expect(headers['content-security-policy']).toMatch(/default-src 'none'.*form-action 'self'.*frame-ancestors 'none'/);
  expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|https:/);
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
});
