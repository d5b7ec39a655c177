import { ALERT_KINDS } from '../../../shared/core/alerts/alert.ts';
import { MAX_CARD_BYTES } from '../../../shared/core/alerts/fit-card.ts';
import { renderCard } from '../../../shared/core/alerts/render-card.ts';
import { LANGUAGES, type Language } from '../../../shared/core/alerts/words/words.ts';
import { alertsOfEveryKind, contextOf } from '../../support/alerts-of-every-kind.ts';
import { cardOf, compileCardSchema, findLibraryFaults, findRuleBreaks, textsOf } from '../../support/validate-card.ts';

const SAMPLES = alertsOfEveryKind();
const findSchemaFaults = compileCardSchema();

function render(name: string, language: Language = 'en', change: object = {}) {
  const sample = SAMPLES.find((one) => one.name === name);
  if (sample === undefined) throw new Error(`There is no sample ${name}.`);
  return renderCard(sample.alert, { ...contextOf(sample, language), ...change });
}

function read(name: string, language: Language = 'en', change: object = {}): string {
  return textsOf(render(name, language, change)).join('\n');
}

test('the samples cover every kind of alert', () => {
  expect(new Set(SAMPLES.map((sample) => sample.alert.facts.kind))).toEqual(new Set(ALERT_KINDS));
});

describe.each(LANGUAGES)('in %s', (language) => {
  test.each(SAMPLES.map((sample) => [sample.name, sample] as const))('%s is a card that Teams takes', (_, sample) => {
    const message = renderCard(sample.alert, contextOf(sample, language));
    expect(findSchemaFaults(cardOf(message))).toEqual([]);
    expect(findLibraryFaults(cardOf(message))).toEqual([]);
    expect(findRuleBreaks(message)).toEqual([]);
    expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThanOrEqual(MAX_CARD_BYTES);
  });

  test.each(SAMPLES.map((sample) => [sample.name, sample] as const))(
    '%s names what must never be missing',
    (_, sample) => {
      const text = textsOf(renderCard(sample.alert, contextOf(sample, language))).join('\n');
      const { alert } = sample;
      expect(text).toContain(alert.id);
      if (alert.tenant !== null)
        for (const part of [alert.tenant.id, alert.tenant.name, 'fabrikam.example']) expect(text).toContain(part);
      if (alert.ledger !== null) expect(text).toContain(alert.ledger.hash);
      if ('window' in alert.facts) {
        const { notBefore, notAfter } = alert.facts.window;
        for (const end of [notBefore, notAfter]) if (end !== null) expect(text).toContain(`${end.slice(0, 19)}Z`);
      }
      if (alert.facts.kind === 'digest')
        for (const row of alert.facts.rows.slice(0, 3)) expect(text).toContain(row.alertId);
    },
  );

  test('nothing is called safe, and nothing delivered', () => {
    for (const sample of SAMPLES) {
      const text = JSON.stringify(renderCard(sample.alert, contextOf(sample, language)));
      expect(text).not.toMatch(/\b(safe|delivered|secure)\b|安全|配信|turvallinen|turvassa|toimitettu/i);
    }
  });
});

test('the message is the envelope that the workflow loops over', () => {
  const message = render('drifted');
  expect(message.type).toBe('message');
  expect(message.attachments).toHaveLength(1);
  expect(message.attachments[0]).toMatchObject({
    contentType: 'application/vnd.microsoft.card.adaptive',
    contentUrl: null,
    content: { msteams: { width: 'Full' }, fallbackText: 'DRIFT: Direct Send is allowed again – Fabrikam GmbH' },
  });
});

test('the first line carries the story', () => {
  const firstLines = SAMPLES.map((sample) => textsOf(renderCard(sample.alert, contextOf(sample, 'en')))[0]);
  expect(firstLines).toEqual(
    expect.arrayContaining([
      'DRIFT: Direct Send is allowed again – Fabrikam GmbH',
      'OPEN: Direct Send was already allowed at the first check – Fabrikam GmbH',
      'STILL OPEN: Direct Send has been allowed for 8 days 3 hours – Fabrikam GmbH',
      'RECOVERED: Direct Send is rejected again, after 8 days 3 hours – Fabrikam GmbH',
      'UNKNOWN: the setting has not been readable for 6 hours 15 minutes – Fabrikam GmbH',
      'WHO CHANGED IT: jana.novak_adm@fabrikam.example – Fabrikam GmbH',
      'SPOOFING SEEN: 15 messages looked forged – Fabrikam GmbH',
      'WE ARE BLIND: no verdict for 398 of 412 tenants',
      'DIGEST: DRIFT 6, UNKNOWN 2 (8 tenants)',
      'HEARTBEAT: 412 tenants watched, permissive 3, unknown 2',
    ]),
  );
});

test('a drift gives the fix as a command of its own, after the senders that it would cut off', () => {
  const texts = textsOf(render('drifted'));
  const command = texts.indexOf('Set-OrganizationConfig -RejectDirectSend $true');
  const caution = texts.findIndex((text) => text.includes('203.0.113.9, 203.0.113.10'));
  expect(caution).toBeGreaterThan(0);
  expect(command).toBeGreaterThan(caution);
  expect(texts.slice(command).join('\n')).toContain('envelope sender (P1) only');
});

test('unknown traffic is said as unknown, never as zero', () => {
  expect(read('drifted-traffic-unknown')).toContain('unknown: needs Defender for Office 365 Plan 2');
  expect(read('drifted', 'en', { traffic: null })).toContain('unknown: not read yet');
  expect(read('drifted-traffic-unknown')).not.toMatch(/\b0 messages/);
  const figureless = {
    coverage: 'partial',
    reason: 'quota',
    messages: null,
    delivered: null,
    from: null,
    to: null,
    spoofSources: [],
    wouldBreak: [],
  };
  expect(read('drifted', 'en', { traffic: figureless })).toContain('unknown: the query quota is used up');
});

test('who changed it: named, not logged yet, not found, or before our time', () => {
  expect(read('drifted')).toContain('not in the audit log yet');
  expect(read('drifted-possible-repeat')).toContain('jana.novak_adm@fabrikam.example from 198.51.100.24');
  expect(read('drifted-exception-ended')).toContain('no audit record found');
  expect(read('found-permissive')).toContain('it was open before the first check');
  expect(read('reminder')).toContain('jana.novak_adm@fabrikam.example, and 1 more');
});

test('an outsider is not accused: the record does not say whether it was Microsoft or a partner', () => {
  for (const name of ['attributed-external', 'attributed-several']) {
    expect(read(name)).toContain('Microsoft or a delegated partner');
    expect(read(name)).toContain('before you accuse anybody');
    expect(read(name)).not.toContain('taken over');
  }
  expect(read('attributed')).toContain('taken over');
});

test('times are shown in UTC and in the time zone of the channel', () => {
  const helsinki = read('drifted', 'fi');
  expect(helsinki).toContain('20.11.2026 klo 10.59 – 20.11.2026 klo 11.14 (Europe/Helsinki)');
  expect(helsinki).toContain('2026-11-20T08:59:02Z');
  const utc = read('drifted', 'en', { timeZone: 'UTC' });
  expect(utc).toContain('between 2026-11-20T08:59:02Z and 2026-11-20T09:14:03Z');
  expect(utc).not.toContain('(UTC)');
  expect(read('drifted', 'en', { timeZone: 'Mars/Olympus' })).toContain('2026-11-20T08:59:02Z');
});

test('a possible repeat says so', () => {
  expect(read('drifted-possible-repeat')).toContain('POSSIBLE REPEAT');
  expect(read('drifted')).not.toContain('POSSIBLE REPEAT');
});

test('a reminder says why it comes', () => {
  expect(read('reminder')).toContain('Reminder 2');
  expect(read('reminder-escalation')).toContain('Nobody acknowledged the alert in time');
  expect(read('reminder-new-channel')).toContain('this channel is new for this customer');
  expect(read('reminder-unreadable')).toContain('cannot be read right now (throttled)');
});

test('buttons are offered only for https links, and acknowledging only for what can be acknowledged', () => {
  const actions = (name: string, change = {}) =>
    (cardOf(render(name, 'en', change)).actions as { title: string }[] | undefined)?.map((one) => one.title);
  expect(actions('drifted')).toEqual(['Open evidence', 'Acknowledge', 'Runbook']);
  expect(actions('recovered')).toEqual(['Open evidence', 'Runbook']);
  expect(actions('drifted', { links: {} })).toBeUndefined();
  const bad = {
    evidence: 'http://x.example',
    acknowledge: 'javascript:alert(1)',
    runbook: `https://x.example/${'a'.repeat(3000)}`,
  };
  expect(actions('drifted', { links: bad })).toBeUndefined();
});

test('a digest that is too long keeps the count of every kind and says how many rows are missing', () => {
  const text = read('digest-of-many');
  expect(text).toContain('DRIFT: 300 alerts');
  expect(text).toContain('UNKNOWN: 100 alerts');
  const shown = text.match(/6f0b-4b7a-9c2d/g)?.length ?? 0;
  const more = [...text.matchAll(/and (\d+) more/g)].reduce((sum, [, count]) => sum + Number(count), 0);
  expect(shown).toBeGreaterThanOrEqual(50);
  expect(shown + more).toBe(400);
});

test('a heartbeat lists what is open and carries the digest of the ledgers', () => {
  const text = read('heartbeat');
  expect(text).toContain('Tailspin Toys Ltd');
  expect(text).toContain('acknowledged');
  expect(text).toContain('newest entries of 412, SHA-256 9f2c1a7b');
  expect(read('heartbeat-all-enforced')).toContain('No tenant is open.');
  expect(read('heartbeat-never-read')).toContain('never read');
});
