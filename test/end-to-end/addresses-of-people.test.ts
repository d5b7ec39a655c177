import { readFileSync } from 'node:fs';
import { DAY, HOUR, MINUTE } from '../../shared/core/time.ts';
import { answerHunting } from '../../simulator/graph/hunting-engine.ts';
import { composeMail } from '../../simulator/tenant/mail-row.ts';
import type { SimulatedTenant } from '../../simulator/tenant/tenant.ts';
import { type Desk, openDesk } from '../cli/open-desk.ts';
import { nameChannels, tenantId } from '../support/open-world.ts';
import { readStorage } from './read-storage.ts';

const DOMAIN = 'fabrikam.example';
/** One word for each part of a mail that names a person or says what was written. */
const SENDER = 'zq-sender';
const ENVELOPE = 'zq-envelope';
const NEVER = ['zq-recipient', 'zq-subject', 'zq-display', 'zq-file'];
const WITH_LICENCE = tenantId(1);
const WITHOUT = tenantId(2);
const WITHOUT_TRACE = tenantId(3);

/** Forged mail to twelve people, each in a name of its own, and a program that writes with another envelope. */
function mailOf(tenant: SimulatedTenant, now: Date): void {
  const extras = {
    Subject: 'zq-subject of a mail',
    SenderDisplayName: 'zq-display name',
    AttachmentCount: 1,
    FileName: 'zq-file.pdf',
  };
  for (let at = 0; at < 12; at += 1) {
    const person = `${SENDER}${at}@${DOMAIN}`;
    const essentials = {
      at: new Date(now.getTime() - 3 * HOUR + at * MINUTE),
      from: person,
      to: person,
      ip: '198.51.100.77',
    };
    const verdict = { ThreatTypes: 'Phish', DetectionMethods: '{"Phish":["Fingerprint matching"]}' };
    tenant.mail.push(composeMail(essentials, { ...extras, ...verdict }));
    const other = {
      ...essentials,
      at: new Date(now.getTime() - 2 * DAY + at * MINUTE),
      to: `zq-recipient${at}@${DOMAIN}`,
      ip: '203.0.113.9',
    };
    tenant.mail.push(
      composeMail(other, { ...extras, SenderMailFromAddress: `${ENVELOPE}@${DOMAIN}`, SenderMailFromDomain: DOMAIN }),
    );
  }
}

/** Everything that the program shows, sends, logs or keeps after it has read traffic by each of its ways. */
async function live(settings: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const left: string[] = [];
  const desk: Desk = await openDesk({ ...settings, DSW_HEARTBEAT: 'daily' });
  try {
    const { simulator, clock, env, logged } = desk.world;
    const channels = nameChannels(desk.world);
    const tenants = [WITH_LICENCE, WITHOUT, WITHOUT_TRACE].map((id) => ({
      id,
      name: `Tenant ${id.slice(-1)}`,
      channels: ['ops', 'siem'],
    }));
    const file = desk.write('tenants.json', { channels, tenants });
    simulator.hunting = (query, { mail }) => answerHunting(query, { EmailEvents: mail });
    for (const { id } of tenants) {
      const tenant = simulator.tenant(id);
      tenant.acceptedDomains = [
        { DomainName: DOMAIN, DomainType: 'Authoritative', Default: true, MatchSubDomains: false },
      ];
      tenant.defenderPlan2 = id === WITH_LICENCE;
      tenant.setting = false;
      if (id === WITHOUT_TRACE) tenant.appRoles.delete('ExchangeMessageTrace.Read.All');
      mailOf(tenant, clock.now());
    }
    const run = async (...args: string[]) => {
      const { out, err } = await desk.run(...args);
      left.push(`stdout of ${args[0]}: ${out}`, `stderr of ${args[0]}: ${err}`);
    };
    const report = desk.write('report.html', '');
    await run('check', '--json', '--tenants', file);
    clock.advance(DAY);
    await run('check');
    for (const { id } of tenants) {
      for (const command of ['traffic', 'readiness', 'history']) {
        await run(command, id);
        await run(command, id, '--json');
      }
    }
    await run('alerts', 'list', '--json');
    await run('status', '--json');
    await run('report', '--out', report);
    left.push(`report: ${readFileSync(report, 'utf8')}`);
    left.push(...(await readStorage(env.AzureWebJobsStorage ?? '')));
    left.push(...logged.map((entry) => `log: ${JSON.stringify(entry)}`));
    left.push(...simulator.flow('ops').accepted.map(({ body }) => `card: ${body}`));
    left.push(...simulator.webhook('siem').deliveries.map(({ body }) => `event: ${body}`));
  } finally {
    await desk.close();
  }
  return left;
}

const where = (left: readonly string[], ...words: readonly string[]) => [
  ...new Set(left.filter((text) => words.some((word) => text.includes(word))).map((text) => text.slice(0, 40))),
];

let kept: readonly string[];
let bare: readonly string[];

beforeAll(async () => {
  kept = await live({});
  bare = await live({ DSW_STORE_SAMPLES: 'false' });
}, 120_000);

test('every way of reading was gone, forged mail was told of, and every kind of place was looked at', () => {
  for (const left of [kept, bare]) {
    const check = left.find((text) => text.startsWith('stdout of check')) ?? '';
    expect(check).toContain('"origin":"hunting"');
    expect(check).toContain('"origin":"spoof-report"');
    expect(where(left, 'spoofing-seen').map((text) => text.split(' ')[0])).toEqual(
      expect.arrayContaining(['event:', 'table']),
    );
    for (const kind of ['stdout of traffic', 'table traffic', 'table ledger', 'card', 'event', 'report'])
      expect(left.some((text) => text.startsWith(kind))).toBe(true);
  }
});

test('by default a few senders are kept, and shown on the command line only', () => {
  expect(where(kept, ENVELOPE).length).toBeGreaterThan(0);
  const places = where(kept, SENDER, ENVELOPE).map((text) => text.split(/[:{]/)[0]?.trim());
  expect(new Set(places)).toEqual(new Set(['stdout of check', 'stdout of traffic', 'table traffic']));
});

test('with DSW_STORE_SAMPLES=false no address of a person is anywhere', () => {
  expect(where(bare, SENDER, ENVELOPE)).toEqual([]);
});

test('recipients, subjects, display names and file names are nowhere, whatever the setting', () => {
  expect(where([...kept, ...bare], ...NEVER)).toEqual([]);
});
