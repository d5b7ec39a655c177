import { homeAddress, relayAddress } from './addresses.ts';
import { CORPUS_DAYS } from './corpus-tenant.ts';
import type { SenderKind } from './honest-devices.ts';
import { sendOrdinary } from './honest-services.ts';
import { lure, lureHost, rentServer } from './lures.ts';
import { label, sendMail } from './send-mail.ts';

/*
 * Attackers of kinds that the development part does not contain.
 */

/** "Voicemail" from a telephone system that does not exist, with a link. */
export const falseVoicemail: SenderKind = (tenant) => {
  const { random, people, domain } = tenant;
  const [ip, host, day] = [rentServer(tenant), lureHost(tenant), random.int(2, 27)];
  for (const victim of random.some(people, random.int(5, 50))) {
    sendMail(tenant, {
      day,
      hour: 8 + random.next() * 6,
      ip,
      from: `voicemail@${domain}`,
      to: [victim],
      subject: 'New voicemail (0:42)',
      links: [host],
    });
  }
  label(tenant, ip, 'spoof', 'false-voicemail', 'direct-send');
};

/** Many homes, one invented device, codes to scan. */
export const spreadScanner: SenderKind = (tenant) => {
  const { random, people, domain } = tenant;
  const [host, start] = [lureHost(tenant), random.int(2, 24)];
  for (let n = random.int(6, 14); n > 0; n -= 1) {
    const ip = homeAddress(random, random.chance(0.7) ? 6 : 4);
    const to = [random.pick(people)];
    sendMail(tenant, {
      day: start + random.int(0, 3),
      hour: random.next() * 24,
      ip,
      from: `scanner@${domain}`,
      to,
      subject: 'Scan',
      attachments: ['scan.pdf'],
      qr: host,
    });
    label(tenant, ip, 'spoof', 'spread-scanner', 'direct-send');
  }
};

/** An empty envelope, a colleague's name in the header. */
export const nullSender: SenderKind = (tenant) => {
  const { random, people } = tenant;
  const [ip, host, day] = [rentServer(tenant), lureHost(tenant), random.int(2, 27)];
  for (const victim of random.some(people, random.int(3, 20))) {
    sendMail(tenant, {
      ...lure(tenant, host, 0.1),
      day,
      hour: 9 + random.next(),
      ip,
      from: random.pick(people),
      envelope: '',
      to: [victim],
    });
  }
  label(tenant, ip, 'spoof', 'null-sender', 'header-only');
};

/** From oneself, but only in the header; the envelope looks like a bounce address. */
export const headerSelf: SenderKind = (tenant) => {
  const { random, people } = tenant;
  const [ip, host, day] = [rentServer(tenant), lureHost(tenant), random.int(2, 25)];
  for (const victim of random.some(people, random.int(3, 30))) {
    sendMail(tenant, {
      ...lure(tenant, host, 0.1),
      day: day + random.int(0, 4),
      hour: 9 + random.next(),
      ip,
      from: victim,
      envelope: `bounce+${random.hex(6)}@${host}`,
      to: [victim],
      dkim: 'other',
    });
  }
  label(tenant, ip, 'spoof', 'header-self', 'header-only');
};

/** The help desk wants everybody's second factor, over four days. */
export const falseHelpDesk: SenderKind = (tenant) => {
  const { random, people, domain } = tenant;
  const [ip, host, day] = [rentServer(tenant), lureHost(tenant), random.int(2, 24)];
  for (const victim of random.some(people, random.int(6, 60))) {
    sendMail(tenant, {
      day: day + random.int(0, 3),
      hour: 7 + random.next() * 9,
      ip,
      from: `helpdesk@${domain}`,
      to: [victim],
      subject: 'Action required: verify your MFA',
      links: [host],
    });
  }
  label(tenant, ip, 'spoof', 'false-help-desk', 'direct-send');
};

/** An invoice in a colleague's name, twice a week, to the same two people. */
export const patientInvoice: SenderKind = (tenant) => {
  const { random, people } = tenant;
  const [ip, host] = [rentServer(tenant), lureHost(tenant)];
  const [from = '', ...victims] = random.some(people, 3);
  for (let day = 1; day < CORPUS_DAYS; day += random.int(3, 4)) {
    sendMail(tenant, {
      day,
      hour: 10 + random.next(),
      ip,
      from,
      to: [random.pick(victims)],
      subject: 'Overdue invoice',
      links: [host],
      attachments: ['W-9.pdf'],
      ...(random.chance(0.3) && { found: 'phish' as const }),
    });
  }
  label(tenant, ip, 'spoof', 'patient-invoice', 'direct-send');
};

/** Own envelope, but signed by the attacker's own domain. */
export const foreignSignature: SenderKind = (tenant) => {
  const { random, people } = tenant;
  const [ip, host, day] = [rentServer(tenant), lureHost(tenant), random.int(2, 26)];
  const from = random.pick(people);
  for (const victim of random.some(people, random.int(4, 30))) {
    sendMail(tenant, {
      ...lure(tenant, host, 0.2),
      day: day + random.int(0, 2),
      hour: 8 + random.next() * 8,
      ip,
      from,
      to: [victim],
      dkim: 'other',
    });
  }
  label(tenant, ip, 'spoof', 'foreign-signature', 'direct-send');
};

/** Through somebody's open relay, which has a good name and sends honest mail too. */
export const openRelay: SenderKind = (tenant) => {
  const { random, people, pointers } = tenant;
  const [ip, host, day] = [relayAddress(random), lureHost(tenant), random.int(2, 27)];
  pointers.set(ip, `mail.supplier${random.int(1, 99)}.example`);
  for (const victim of random.some(people, random.int(4, 30))) {
    sendMail(tenant, { ...lure(tenant, host, 0.2), day, hour: 8 + random.next() * 8, ip, from: victim, to: [victim] });
  }
  for (let n = random.int(0, 2); n > 0; n -= 1) sendOrdinary(tenant, ip, random.int(0, 29));
  label(tenant, ip, 'spoof', 'open-relay', 'direct-send');
};
