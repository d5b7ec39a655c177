import { homeAddress, officeAddress } from './addresses.ts';
import { CORPUS_DAYS } from './corpus-tenant.ts';
import { type SenderKind, WORKDAYS } from './honest-devices.ts';
import { sendOrdinary } from './honest-services.ts';
import { label, sendMail } from './send-mail.ts';

/*
 * Devices and people of kinds that the development part does not contain.
 */

/** A printer on a line whose address changes every few days. */
export const changingLine: SenderKind = (tenant) => {
  const { random, domain, people, pointers } = tenant;
  const hasNames = random.chance(0.7);
  const users = random.some(people, 5);
  let ip = '';
  for (const [at, day] of WORKDAYS.entries()) {
    if (at % 2 === 0) ip = homeAddress(random, 4);
    if (hasNames) pointers.set(ip, `p${ip.replaceAll('.', '-')}.dip.provider.example`);
    for (let n = random.int(1, 4); n > 0; n -= 1) {
      const mail = { from: `scan@${domain}`, to: [random.pick(users)], subject: 'Scan', attachments: ['doc.pdf'] };
      sendMail(tenant, { ...mail, day, hour: random.int(7, 16) + random.next(), ip });
      label(tenant, ip, 'legitimate', 'changing-line', 'direct-send');
    }
  }
};

/** A recorder of cameras that sends pictures when something moves. */
export const cameraRecorder: SenderKind = (tenant) => {
  const { random, domain, people } = tenant;
  const ip = random.chance(0.7) ? random.pick(tenant.offices) : homeAddress(random, 4);
  const to = random.some(people, 2);
  for (let day = 0; day < CORPUS_DAYS; day += 1) {
    for (let n = random.int(0, 8); n > 0; n -= 1) {
      const mail = { from: `nvr@${domain}`, to, subject: 'Motion on camera 2', attachments: ['img.jpg'] };
      sendMail(tenant, { ...mail, day, hour: random.next() * 24, ip });
    }
  }
  label(tenant, ip, 'legitimate', 'camera-recorder', 'direct-send');
};

/** A branch that opened days ago, with a scanner that sends in people's names. */
export const newBranch: SenderKind = (tenant) => {
  const { random, people, pointers } = tenant;
  const ip = officeAddress(random);
  if (random.chance(0.6)) pointers.set(ip, `static-${ip.replaceAll('.', '-')}.isp.example`);
  const users = random.some(people, random.int(2, 10));
  for (const day of WORKDAYS.slice(-random.int(2, 5))) {
    for (let n = random.int(2, 8); n > 0; n -= 1) {
      const user = random.pick(users);
      const hour = random.int(7, 16) + random.next();
      sendMail(tenant, { day, hour, ip, from: user, to: [user], subject: 'Scan', attachments: ['scan.pdf'] });
    }
  }
  label(tenant, ip, 'legitimate', 'new-branch', 'direct-send');
};

/** An administrator tries out Direct Send from home. */
export const administratorTest: SenderKind = (tenant) => {
  const { random, people, pointers } = tenant;
  const ip = homeAddress(random, 4);
  if (random.chance(0.7)) pointers.set(ip, `dyn-${ip.replaceAll('.', '-')}.provider.example`);
  const admin = random.pick(people);
  const day = random.int(2, 28);
  for (let n = random.int(1, 3); n > 0; n -= 1) {
    sendMail(tenant, { day, hour: 14 + random.next(), ip, from: admin, to: [admin], subject: 'DirectSend test' });
  }
  label(tenant, ip, 'legitimate', 'administrator-test', 'direct-send');
};

/** A script that reminds people of their expiring passwords, with a link to the own portal. */
export const passwordReminder: SenderKind = (tenant) => {
  const { random, domain, people } = tenant;
  const ip = random.pick(tenant.offices);
  for (let day = 0; day < CORPUS_DAYS; day += 1) {
    for (const person of random.some(people, random.int(0, 3))) {
      const mail = { from: `helpdesk@${domain}`, to: [person], subject: 'Your password expires in 5 days' };
      sendMail(tenant, { ...mail, links: [`portal.${domain}`], day, hour: 5, ip });
    }
  }
  label(tenant, ip, 'legitimate', 'password-reminder', 'direct-send');
};

/** Mail of own services that comes through a gateway for which nobody made a connector. */
export const throughGateway: SenderKind = (tenant) => {
  const { random, domain, people, gateway } = tenant;
  if (gateway === null || gateway.connector) return;
  for (const day of WORKDAYS) {
    for (const ip of gateway.addresses) {
      for (let n = random.int(0, 2); n > 0; n -= 1) {
        const mail = { from: `crm@${domain}`, to: [random.pick(people)], subject: 'New lead' };
        sendMail(tenant, { ...mail, links: ['crm.service.example'], day, hour: random.int(6, 18), ip });
        label(tenant, ip, 'legitimate', 'through-gateway', 'direct-send');
      }
      sendOrdinary(tenant, ip, day);
    }
  }
};
