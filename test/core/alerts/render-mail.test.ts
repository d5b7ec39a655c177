import { renderMail, threadKey } from '../../../shared/core/alerts/render-mail.ts';
import { alertsOfEveryKind, contextOf } from '../../support/alerts-of-every-kind.ts';

const SAMPLES = alertsOfEveryKind();
const sampleOf = (name: string) => SAMPLES.find((one) => one.name === name)!;
const mailOf = (name: string) => renderMail(sampleOf(name).alert, contextOf(sampleOf(name), 'en'));

test('the subject carries a key for ticket systems and the first line of the story', () => {
  expect(mailOf('drifted').subject).toMatch(
    /^\[DSW-[A-Z2-7]{8}\] DRIFT: Direct Send is allowed again – Fabrikam GmbH$/,
  );
});

test('all mails of an episode of a tenant carry one key', () => {
  const ofEpisode = ['drifted', 'found-permissive', 'reminder', 'recovered', 'attributed', 'spoofing-seen'];
  expect(new Set(ofEpisode.map((name) => threadKey(sampleOf(name).alert))).size).toBe(1);
  const ofBlindness = ['blinded', 'sighted'];
  expect(new Set(ofBlindness.map((name) => threadKey(sampleOf(name).alert))).size).toBe(1);
});

test('another episode, another tenant and another matter have keys of their own', () => {
  const { alert } = sampleOf('drifted');
  if (alert.facts.kind !== 'drifted' || alert.tenant === null) throw new Error('The sample is not what it was.');
  const keys = [
    alert,
    { ...alert, facts: { ...alert.facts, episode: 3 } },
    { ...alert, tenant: { ...alert.tenant, id: '00000000-0000-4000-8000-000000000000' } },
    ...['blinded', 'exception-expiring', 'channel-broken', 'digest', 'heartbeat', 'test'].map(
      (name) => sampleOf(name).alert,
    ),
  ].map(threadKey);
  expect(new Set(keys).size).toBe(keys.length);
});

test('text and HTML say the same: every fact, the command, the links', () => {
  const { text, html } = mailOf('drifted');
  for (const part of [
    'fabrikam.example',
    '3d1c5a8e-6f0b-4b7a-9c2d-1e2f3a4b5c6d',
    'PERMISSIVE',
    '2026-11-20T08:59:02Z',
    'not in the audit log yet',
    '203.0.113.9, 203.0.113.10',
    'Set-OrganizationConfig -RejectDirectSend $true',
    'https://watch.example/api/evidence/3d1c5a8e',
    sampleOf('drifted').alert.id,
  ]) {
    expect(text).toContain(part);
    expect(html).toContain(part);
  }
  expect(text).toContain('\n    Set-OrganizationConfig -RejectDirectSend $true\n');
});

test('the HTML is a whole document in the language of the channel, without script or anything fetched', () => {
  for (const language of ['en', 'ja', 'fi'] as const) {
    const { html } = renderMail(sampleOf('drifted').alert, contextOf(sampleOf('drifted'), language));
    expect(html).toMatch(new RegExp(`^<!doctype html><html lang="${language}-`));
    expect(html).not.toMatch(/<(script|link|img|iframe|form)|url\(|src=/i);
  }
});
