import { MAX_EVENT_BYTES, renderEvent } from '../../../shared/core/alerts/render-event.ts';
import { alertsOfEveryKind, contextOf } from '../../support/alerts-of-every-kind.ts';

const SOURCE = 'urn:example:direct-send-watch';
const SAMPLES = alertsOfEveryKind();
const eventOf = (name: string) => {
  const sample = SAMPLES.find((one) => one.name === name)!;
  return renderEvent(sample.alert, contextOf(sample, 'en'), SOURCE);
};

test.each(SAMPLES.map((sample) => [sample.name, sample] as const))(
  '%s is a CloudEvents 1.0 event below the limit',
  (_, sample) => {
    const event = renderEvent(sample.alert, contextOf(sample, 'en'), SOURCE);
    expect(event).toMatchObject({
      specversion: '1.0',
      id: sample.alert.id,
      source: SOURCE,
      type: `directsendwatch.${sample.alert.facts.kind}.v1`,
      subject: sample.alert.tenant === null ? 'fleet' : `tenant/${sample.alert.tenant.id}`,
      time: sample.alert.raisedAt,
      datacontenttype: 'application/json',
    });
    expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThanOrEqual(MAX_EVENT_BYTES);
  },
);

test('the data holds the facts as they are stored, for programs', () => {
  expect(eventOf('drifted').data).toMatchObject({
    summary: 'DRIFT: Direct Send is allowed again – Fabrikam GmbH',
    verdict: 'permissive',
    possibleRepeat: false,
    tenant: { name: 'Fabrikam GmbH', domains: ['fabrikam.example', 'fabrikam-print.example'] },
    facts: {
      kind: 'drifted',
      window: { notBefore: '2026-11-20T08:59:02.000Z', notAfter: '2026-11-20T09:14:03.000Z' },
      episode: 2,
    },
    traffic: { coverage: 'full', messages: 57 },
    changedBy: null,
    ledger: { seq: 1412 },
    links: { evidence: 'https://watch.example/api/evidence/3d1c5a8e' },
  });
});

test('the verdict is that of the setting, or null where no single setting is meant', () => {
  const verdicts = Object.fromEntries(SAMPLES.map((sample) => [sample.name, eventOf(sample.name).data.verdict]));
  expect(verdicts).toMatchObject({
    drifted: 'permissive',
    'found-permissive': 'permissive',
    reminder: 'permissive',
    recovered: 'enforced',
    blinded: 'unknown',
    sighted: 'enforced',
    'sighted-permissive': 'permissive',
    'spoofing-seen': 'permissive',
    'fleet-blind': 'unknown',
    heartbeat: null,
    test: null,
  });
});

test('ids are never shortened, however little room is left', () => {
  const sample = SAMPLES.find((one) => one.name === 'heartbeat')!;
  if (sample.alert.facts.kind !== 'heartbeat') throw new Error('The sample is not what it was.');
  const tenant = { ...sample.alert.facts.open[0]!, name: '株'.repeat(250) };
  const facts = { ...sample.alert.facts, open: Array.from({ length: 5000 }, () => tenant) };
  const { data } = renderEvent({ ...sample.alert, facts }, contextOf(sample, 'en'), SOURCE);
  expect(JSON.stringify(data)).toContain(tenant.tenantId);
  expect(JSON.stringify(data)).toContain(facts.ledgerDigest);
});
