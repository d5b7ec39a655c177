import { cloudBlock, homeAddress, servicePool } from './addresses.ts';
import { CORPUS_DAYS } from './corpus-tenant.ts';
import type { SenderKind } from './honest-devices.ts';
import { sendOrdinary } from './honest-services.ts';
import { lure, lureHost, rentServer } from './lures.ts';
import { label, sendMail } from './send-mail.ts';

/*
 * Attackers that were thought up against the rules: how would one slip through?
 */

/** Like a device in everything, for three weeks, to ever new people; the page is behind a code in the file. */
export const patientScanner: SenderKind = (tenant) => {
  const { random, people, domain } = tenant;
  const [ip, host] = [rentServer(tenant), lureHost(tenant)];
  for (let day = random.int(0, 5); day < CORPUS_DAYS; day += random.int(1, 2)) {
    const mail = {
      from: `mfp@${domain}`,
      to: [random.pick(people)],
      subject: 'Scan',
      attachments: ['scan.pdf'],
      qr: host,
    };
    sendMail(tenant, { ...mail, day, hour: random.int(8, 16), ip });
  }
  label(tenant, ip, 'spoof', 'patient-scanner', 'direct-send');
};

/** Mail from oneself with nothing in it but a telephone number. */
export const callBack: SenderKind = (tenant) => {
  const { random, people } = tenant;
  const ip = rentServer(tenant);
  const day = random.int(2, 27);
  for (const victim of random.some(people, random.int(5, 30))) {
    sendMail(tenant, {
      day,
      hour: 9 + random.next() * 3,
      ip,
      from: victim,
      to: [victim],
      subject: 'Your renewal: call us',
    });
  }
  label(tenant, ip, 'spoof', 'call-back', 'direct-send');
};

/** Two messages to each victim, so that nobody is written to only once. */
export const doubled: SenderKind = (tenant) => {
  const { random, people } = tenant;
  const [ip, host, day] = [rentServer(tenant), lureHost(tenant), random.int(2, 26)];
  for (const victim of random.some(people, random.int(3, 20))) {
    for (let n = 0; n < 2; n += 1) {
      sendMail(tenant, {
        ...lure(tenant, host, 0.2),
        day: day + n,
        hour: 9 + random.next(),
        ip,
        from: victim,
        to: [victim],
      });
    }
  }
  label(tenant, ip, 'spoof', 'doubled', 'direct-send');
};

/** Three weeks from a cloud that the tenant lists as a whole, a mail or two a day. */
export const patientCloud: SenderKind = (tenant) => {
  const { random, people } = tenant;
  const cloud = cloudBlock(random);
  tenant.spf.push({ block: cloud.block, include: null });
  const [ip, host] = [cloud.address(), lureHost(tenant)];
  const boss = random.pick(people);
  for (let day = 2; day < 25; day += random.int(1, 2)) {
    sendMail(tenant, {
      ...lure(tenant, host, 0.1),
      day,
      hour: 9 + random.next(),
      ip,
      from: boss,
      to: [random.pick(people)],
    });
  }
  label(tenant, ip, 'spoof', 'patient-cloud', 'direct-send');
};

/** A false subdomain and several invented senders with links, from homes for hire. */
export const inventedDepartments: SenderKind = (tenant) => {
  const { random, people, domain } = tenant;
  const [host, day] = [lureHost(tenant), random.int(2, 24)];
  for (let n = random.int(4, 9); n > 0; n -= 1) {
    const ip = homeAddress(random);
    const from = `${random.pick(['benefits', 'secure-docs', 'hr', 'accounts', 'it'])}@${domain}`;
    for (const victim of random.some(people, random.int(1, 4))) {
      const mail = { from, to: [victim], subject: 'Updated policy: acknowledge', links: [host] };
      sendMail(tenant, { ...mail, day: day + random.int(0, 2), hour: random.next() * 24, ip });
    }
    label(tenant, ip, 'spoof', 'invented-departments', 'direct-send');
  }
};

/** Header only, through a big shared service with an account of the attacker's own. */
export const rentedService: SenderKind = (tenant) => {
  const { random, people, pointers } = tenant;
  const [ip = ''] = servicePool(random, 1);
  pointers.set(ip, 'o7.mail.bigservice.example');
  const [host, day, boss] = [lureHost(tenant), random.int(2, 27), random.pick(people)];
  const envelope = `bounces+${random.hex(8)}@em.bigservice.example`;
  for (const victim of random.some(people, random.int(4, 25))) {
    sendMail(tenant, {
      ...lure(tenant, host, 0.2),
      day,
      hour: 9 + random.next(),
      ip,
      from: boss,
      envelope,
      to: [victim],
      dkim: 'other',
    });
  }
  for (let n = random.int(0, 6); n > 0; n -= 1) sendOrdinary(tenant, ip, random.int(0, 29));
  label(tenant, ip, 'spoof', 'rented-service', 'header-only');
};
