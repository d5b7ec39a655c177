import { homeAddress, servicePool } from './addresses.ts';
import type { SenderKind } from './honest-devices.ts';
import { sendOrdinary } from './honest-services.ts';
import { lureHost, rentServer } from './lures.ts';
import { label, sendMail } from './send-mail.ts';

/*
 * Attackers that were written after the rules were finished; nothing was changed after they had been measured.
 */

/** Ten days of mail from oneself with an archive, two victims a day. */
export const tenDays: SenderKind = (tenant) => {
  const { random, people } = tenant;
  const ip = rentServer(tenant);
  const start = random.int(1, 18);
  for (let day = start; day < start + 10; day += 1) {
    for (const victim of random.some(people, 2)) {
      const mail = {
        from: victim,
        to: [victim],
        subject: 'Remittance advice',
        links: ['files.share.example'],
        attachments: ['Advice.zip'],
      };
      sendMail(tenant, { ...mail, day, hour: 8 + random.next() * 8, ip });
    }
  }
  label(tenant, ip, 'spoof', 'ten-days', 'direct-send');
};

/** A supplier's hacked server, in the name of the own bookkeeper, to the bookkeeper's colleagues. */
export const hackedSupplier: SenderKind = (tenant) => {
  const { random, people, pointers } = tenant;
  const [ip = ''] = servicePool(random, 1);
  pointers.set(ip, 'mail.supplier.example');
  for (let n = 3; n > 0; n -= 1) sendOrdinary(tenant, ip, random.int(0, 29));
  const [from = '', ...victims] = random.some(people, random.int(4, 12));
  const [host, day] = [lureHost(tenant), random.int(2, 27)];
  for (const to of victims) {
    sendMail(tenant, {
      day,
      hour: 9 + random.next(),
      ip,
      from,
      to: [to],
      subject: 'Changed bank details',
      links: [host],
      attachments: ['Letter.pdf'],
    });
  }
  label(tenant, ip, 'spoof', 'hacked-supplier', 'direct-send');
};

/** A false quarantine digest, for one day. */
export const falseDigest: SenderKind = (tenant) => {
  const { random, people, domain } = tenant;
  const [ip, host, day] = [rentServer(tenant), lureHost(tenant), random.int(2, 27)];
  for (const victim of random.some(people, random.int(5, 60))) {
    const mail = { from: `quarantine@${domain}`, to: [victim], subject: '4 messages are held for you', links: [host] };
    sendMail(tenant, { ...mail, day, hour: 7 + random.next(), ip });
  }
  label(tenant, ip, 'spoof', 'false-digest', 'direct-send');
};

/** Invitations from oneself with a calendar file and a link, over homes for hire. */
export const falseInvitations: SenderKind = (tenant) => {
  const { random, people } = tenant;
  const [host, day] = [lureHost(tenant), random.int(2, 25)];
  for (let n = random.int(4, 10); n > 0; n -= 1) {
    const ip = homeAddress(random, 4);
    const victim = random.pick(people);
    const mail = {
      from: victim,
      to: [victim],
      subject: 'Invitation: salary review',
      links: [host],
      attachments: ['invite.ics'],
    };
    sendMail(tenant, { ...mail, day: day + random.int(0, 1), hour: random.next() * 24, ip });
    label(tenant, ip, 'spoof', 'false-invitations', 'direct-send');
  }
};

/** A managing director's photograph and name in the header, a free mailer's envelope. */
export const freeMailer: SenderKind = (tenant) => {
  const { random, people, pointers } = tenant;
  const [ip = ''] = servicePool(random, 1);
  pointers.set(ip, 'mail-ot1.freemail.example');
  const [boss = '', ...victims] = random.some(people, random.int(4, 8));
  const day = random.int(2, 27);
  for (const to of victims) {
    const mail = {
      from: boss,
      envelope: 'office.director@freemail.example',
      to: [to],
      subject: 'Quick task',
      dkim: 'other' as const,
    };
    sendMail(tenant, { ...mail, day, hour: 11 + random.next(), ip });
  }
  for (let n = 5; n > 0; n -= 1) sendOrdinary(tenant, ip, random.int(0, 29));
  label(tenant, ip, 'spoof', 'free-mailer', 'header-only');
};

/** Pictures of codes in the name of the own printer, over a week, most found by the filter after some hours. */
export const codesForAWeek: SenderKind = (tenant) => {
  const { random, people, domain } = tenant;
  const [ip, host, start] = [rentServer(tenant), lureHost(tenant), random.int(1, 20)];
  for (let day = start; day < start + 7; day += 1) {
    for (const victim of random.some(people, 3)) {
      const mail = {
        from: `printer@${domain}`,
        to: [victim],
        subject: 'Scan ready',
        qr: host,
        attachments: ['scan.pdf'],
      };
      sendMail(tenant, { ...mail, day, hour: 9 + random.next() * 6, ip, zapped: random.chance(0.4) });
    }
  }
  label(tenant, ip, 'spoof', 'codes-for-a-week', 'direct-send');
};
