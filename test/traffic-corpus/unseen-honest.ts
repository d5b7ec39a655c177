import { cloudBlock, hostedAddress, officeAddress, relayAddress, servicePool } from './addresses.ts';
import { CORPUS_DAYS } from './corpus-tenant.ts';
import { type SenderKind, WORKDAYS } from './honest-devices.ts';
import { sendOrdinary } from './honest-services.ts';
import { label, sendByMx, sendMail } from './send-mail.ts';

/*
 * Honest senders that were written after the rules were finished; nothing was changed after they had been measured.
 */

/** A university whose whole network is in its SPF record; its servers write in the names of offices. */
export const campusServer: SenderKind = (tenant) => {
  const { random, people, domain } = tenant;
  const campus = cloudBlock(random);
  tenant.spf.push({ block: campus.block, include: null });
  const ip = campus.address();
  for (const day of WORKDAYS) {
    for (let n = random.int(1, 5); n > 0; n -= 1) {
      const mail = {
        from: `library@${domain}`,
        to: [random.pick(people)],
        subject: 'Your loan is due',
        links: [`library.${domain}`],
      };
      sendMail(tenant, { ...mail, day, hour: 6 + random.next(), ip });
    }
  }
  label(tenant, ip, 'legitimate', 'campus-server', 'direct-send');
};

/** A storm of alarms: nothing for weeks, then hundreds of messages in an hour. */
export const alarmStorm: SenderKind = (tenant) => {
  const { random, people, domain } = tenant;
  const ip = random.chance(0.5) ? random.pick(tenant.offices) : hostedAddress(random);
  const day = random.int(2, 27);
  const to = random.some(people, 3);
  for (let n = 120; n > 0; n -= 1) {
    const mail = { from: `zabbix@${domain}`, to, subject: 'Problem: link down', links: [`zabbix.${domain}`] };
    sendMail(tenant, { ...mail, day, hour: 3 + random.next(), ip });
  }
  label(tenant, ip, 'legitimate', 'alarm-storm', 'direct-send');
};

/** Backup software that attaches its report as a web page, once a week. */
export const backupReport: SenderKind = (tenant) => {
  const { random, people, domain } = tenant;
  const ip = random.pick(tenant.offices);
  for (let day = 4; day < CORPUS_DAYS; day += 7) {
    const mail = {
      from: `backup@${domain}`,
      to: random.some(people, 2),
      subject: 'Backup: success',
      attachments: ['report.html'],
    };
    sendMail(tenant, { ...mail, day, hour: 4, ip });
  }
  label(tenant, ip, 'legitimate', 'backup-report', 'direct-send');
};

/** A digest of quarantined mail by another filter, every morning, with links, to everybody. */
export const quarantineDigest: SenderKind = (tenant) => {
  const { random, people, domain, pointers } = tenant;
  const [ip = ''] = servicePool(random, 1);
  if (random.chance(0.7)) pointers.set(ip, 'digest.filter.example');
  for (const day of WORKDAYS) {
    for (const person of people.slice(0, 30)) {
      const mail = {
        from: `quarantine@${domain}`,
        to: [person],
        subject: 'Quarantine digest',
        links: ['portal.filter.example'],
      };
      sendByMx(tenant, { ...mail, day, hour: 6, ip }, 'quarantine-digest', 'direct-send');
    }
  }
};

/** A customer database that writes to colleagues as the salesperson in charge, with a link to the case each time. */
export const salesDatabase: SenderKind = (tenant) => {
  const { random, people, pointers } = tenant;
  const pool = servicePool(random, 3);
  for (const ip of pool) pointers.set(ip, `m${ip.split('.')[3]}.crm.example`);
  const sellers = random.some(people, random.int(1, 4));
  for (const day of WORKDAYS.filter(() => random.chance(0.6))) {
    for (let n = random.int(1, 3); n > 0; n -= 1) {
      const mail = {
        from: random.pick(sellers),
        to: [random.pick(people)],
        subject: 'Case updated',
        links: ['eu.crm.example'],
      };
      const ip = random.pick(pool);
      sendByMx(tenant, { ...mail, day, hour: random.int(7, 16), ip, dkim: 'other' }, 'sales-database', 'direct-send');
      if (random.chance(0.5)) sendOrdinary(tenant, ip, day);
    }
  }
};

/** A calendar service that invites in the organiser's name, in the header only. */
export const calendarService: SenderKind = (tenant) => {
  const { random, people, pointers } = tenant;
  const pool = servicePool(random, 4);
  for (const ip of pool) pointers.set(ip, `c${ip.split('.')[3]}.calendar.example`);
  for (const day of WORKDAYS.filter(() => random.chance(0.3))) {
    const envelope = `calendar-bounces-${random.hex(5)}@calendar.example`;
    const mail = {
      from: random.pick(people),
      envelope,
      to: random.some(people, 3),
      subject: 'Invitation: planning',
      attachments: ['invite.ics'],
    };
    const ip = random.pick(pool);
    sendByMx(
      tenant,
      { ...mail, day, hour: 10, ip, dkim: 'other', links: ['calendar.example'] },
      'calendar-service',
      'header-only',
    );
    sendOrdinary(tenant, ip, day);
  }
};

/** A workshop where three devices share one line and everything is new this week. */
export const newWorkshop: SenderKind = (tenant) => {
  const { random, people, domain, pointers } = tenant;
  const ip = officeAddress(random);
  if (random.chance(0.5)) pointers.set(ip, `static-${ip.replaceAll('.', '-')}.isp.example`);
  for (const day of WORKDAYS.slice(-4)) {
    for (const name of ['lathe', 'label-printer', 'door']) {
      for (let n = random.int(1, 4); n > 0; n -= 1) {
        const mail = { from: `${name}@${domain}`, to: [people[random.int(0, 2)] ?? ''], subject: `Status ${name}` };
        sendMail(tenant, { ...mail, day, hour: random.int(6, 17), ip });
      }
    }
  }
  label(tenant, ip, 'legitimate', 'new-workshop', 'direct-send');
};

/** A club's list that two colleagues write to now and then; it has no names in its addresses that tell. */
export const smallList: SenderKind = (tenant) => {
  const { random, people, pointers } = tenant;
  const ip = relayAddress(random);
  pointers.set(ip, 'vm7.club.example');
  const members = random.some(people, 2);
  for (let n = random.int(2, 5); n > 0; n -= 1) {
    const [day, messageId, from] = [random.int(1, 29), `<${random.hex(16)}@own>`, random.pick(members)];
    const mail = { from, subject: 'Summer party', messageId, day, hour: 19 } as const;
    sendMail(tenant, { ...mail, ip: '', to: ['all@club.example'], direction: 'Outbound' });
    sendByMx(
      tenant,
      { ...mail, ip, envelope: 'all@club.example', to: members, dkim: 'broken' },
      'small-list',
      'header-only',
    );
  }
};
