import { homeAddress } from './addresses.ts';
import type { SenderKind } from './honest-devices.ts';
import { lure, lureHost, rentServer } from './lures.ts';
import { label, sendMail } from './send-mail.ts';

/*
 * Attackers in the name of a superior, a department or a device.
 */

/** "Scanned document" from a device that does not exist. */
export const falseScanner: SenderKind = (tenant) => {
  const { random, people, domain } = tenant;
  const [ip, host, day] = [rentServer(tenant), lureHost(tenant), random.int(2, 27)];
  const from = `${random.pick(['scanner', 'xerox', 'noreply', 'copier'])}@${domain}`;
  for (const victim of random.some(people, random.int(4, 40))) {
    const carried = random.chance(0.7) ? { qr: host } : {};
    sendMail(tenant, {
      day,
      hour: 9 + random.next() * 2,
      ip,
      from,
      to: [victim],
      subject: 'Scanned document from MFP',
      attachments: ['Scan_8841.pdf'],
      ...carried,
      ...(random.chance(0.2) && { found: 'phish' as const }),
    });
  }
  label(tenant, ip, 'spoof', 'false-scanner', 'direct-send');
};

/** The managing director asks a few people for a favour, in plain words. */
export const executive: SenderKind = (tenant) => {
  const { random, people } = tenant;
  const ip = random.chance(0.5) ? rentServer(tenant) : homeAddress(random);
  const [boss = '', ...victims] = random.some(people, random.int(3, 9));
  const day = random.int(2, 27);
  for (const victim of victims) {
    sendMail(tenant, {
      day: day + random.int(0, 1),
      hour: 8 + random.next() * 6,
      ip,
      from: boss,
      to: [victim],
      subject: 'Are you at your desk?',
    });
  }
  label(tenant, ip, 'spoof', 'executive', 'direct-send');
};

/** Human resources announce something; the page is attached. */
export const humanResources: SenderKind = (tenant) => {
  const { random, people, domain } = tenant;
  const [ip, day] = [rentServer(tenant), random.int(2, 27)];
  for (const victim of random.some(people, random.int(5, 80))) {
    const file = random.pick(['Handbook.html', 'Bonus.svg', 'Benefits.shtml']);
    sendMail(tenant, {
      day,
      hour: 7 + random.next() * 3,
      ip,
      from: `hr@${domain}`,
      to: [victim],
      subject: 'Employee handbook: acknowledge today',
      attachments: [file],
      ...(random.chance(0.15) && { found: 'phish' as const }),
    });
  }
  label(tenant, ip, 'spoof', 'human-resources', 'direct-send');
};

/** Nothing is noticed at delivery; hours later most of it is removed. */
export const foundLater: SenderKind = (tenant) => {
  const { random, people, domain } = tenant;
  const [ip, host, day] = [rentServer(tenant), lureHost(tenant), random.int(2, 26)];
  for (const victim of random.some(people, random.int(3, 20))) {
    sendMail(tenant, {
      day,
      hour: 8 + random.next(),
      ip,
      from: `it@${domain}`,
      to: [victim],
      subject: 'Mailbox notice',
      links: [host],
      zapped: random.chance(0.6),
    });
  }
  label(tenant, ip, 'spoof', 'found-later', 'direct-send');
};

/** The own name only in the header; the envelope is the attacker's own, with everything passing for it. */
export const headerSpoof: SenderKind = (tenant) => {
  const { random, people } = tenant;
  const [ip, host, day] = [rentServer(tenant), lureHost(tenant), random.int(2, 27)];
  const boss = random.pick(people);
  for (const victim of random.some(people, random.int(3, 30))) {
    const from = random.chance(0.5) ? boss : victim;
    sendMail(tenant, {
      ...lure(tenant, host, 0.2),
      day,
      hour: 8 + random.next() * 4,
      ip,
      from,
      envelope: `info@${host}`,
      to: [victim],
      dkim: 'other',
    });
  }
  label(tenant, ip, 'spoof', 'header-spoof', 'header-only');
};
