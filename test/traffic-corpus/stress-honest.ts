import { homeAddress, hostedAddress, officeAddress, relayAddress, servicePool } from './addresses.ts';
import { type SenderKind, WORKDAYS } from './honest-devices.ts';
import { label, sendByMx, sendMail } from './send-mail.ts';

/*
 * Senders that were thought up against the rules: what would an honest sender have to look like to be accused?
 */

/** A scanner that hardly anybody uses. */
export const rareScanner: SenderKind = (tenant) => {
  const { random, people } = tenant;
  const ip = officeAddress(random);
  for (const user of random.some(people, random.int(2, 7))) {
    const mail = { from: user, to: [user], subject: 'Scanned document', attachments: ['scan.pdf'] };
    sendMail(tenant, { ...mail, day: random.pick(WORKDAYS), hour: random.int(7, 16) + random.next(), ip });
  }
  label(tenant, ip, 'legitimate', 'rare-scanner', 'direct-send');
};

/** Scans, monitoring and time recording behind one office address without a name or an SPF entry. */
export const crowdedOffice: SenderKind = (tenant) => {
  const { random, people, domain } = tenant;
  const ip = officeAddress(random);
  for (const day of WORKDAYS) {
    for (let n = random.int(2, 7); n > 0; n -= 1) {
      const user = random.pick(people);
      sendMail(tenant, {
        day,
        hour: random.int(7, 16),
        ip,
        from: user,
        to: [user],
        subject: 'Scan',
        attachments: ['scan.pdf'],
      });
    }
    const links = ['cloud.vendor.example'];
    for (let n = random.int(1, 6); n > 0; n -= 1) {
      sendMail(tenant, {
        day,
        hour: random.next() * 24,
        ip,
        from: `monitoring@${domain}`,
        to: [people[0] ?? ''],
        subject: 'Host down',
        links,
      });
    }
  }
  label(tenant, ip, 'legitimate', 'crowded-office', 'direct-send');
};

/** The payroll clerk's own name on everybody's pay slip, from a server that nobody listed. */
export const clerkPayroll: SenderKind = (tenant) => {
  const { random, people, pointers } = tenant;
  const ip = hostedAddress(random);
  if (random.chance(0.6)) pointers.set(ip, 'srv1.payroll.example');
  const [clerk = ''] = people;
  const day = random.int(2, 27);
  for (const person of people) {
    const mail = { from: clerk, to: [person], subject: 'Payslip', attachments: ['payslip.pdf'] };
    sendMail(tenant, { ...mail, day, hour: 16 + random.next() / 4, ip });
  }
  label(tenant, ip, 'legitimate', 'clerk-payroll', 'direct-send');
};

/** A mail alias elsewhere that leads back to colleagues, used once or twice. */
export const aliasOnce: SenderKind = (tenant) => {
  const { random, people, pointers } = tenant;
  const ip = relayAddress(random);
  pointers.set(ip, 'mx2.association.example');
  for (let n = random.int(1, 2); n > 0; n -= 1) {
    const [from, day, messageId] = [random.pick(people), random.int(2, 27), `<${random.hex(16)}@own>`];
    const mail = { from, subject: 'Minutes', messageId, day, hour: 12 } as const;
    sendMail(tenant, { ...mail, ip: '', to: ['board@association.example'], direction: 'Outbound' });
    const dkim = tenant.signsDkim ? ('own' as const) : ('other' as const);
    sendByMx(
      tenant,
      { ...mail, ip, to: random.some(people, 2), dkim, links: ['www.association.example'] },
      'alias-once',
      'direct-send',
    );
  }
};

/** A new service in its first days: welcome mail with a link for everybody, from changing addresses, not listed anywhere. */
export const newService: SenderKind = (tenant) => {
  const { random, people, domain, pointers } = tenant;
  const pool = servicePool(random, 4);
  if (random.chance(0.7)) for (const ip of pool) pointers.set(ip, `m${ip.split('.')[3]}.startup.example`);
  for (const day of WORKDAYS.slice(-3)) {
    for (const person of random.some(people, 12)) {
      const mail = {
        from: `welcome@${domain}`,
        to: [person],
        subject: 'Welcome to Timely',
        links: ['app.startup.example'],
      };
      sendByMx(
        tenant,
        { ...mail, day, hour: 9 + random.next(), ip: random.pick(pool), dkim: 'other' },
        'new-service',
        'direct-send',
      );
    }
  }
};

/** An announcement to everybody by a newsletter service, once, unsigned by the own domain. */
export const announcement: SenderKind = (tenant) => {
  const { random, people, domain, pointers } = tenant;
  const [ip = ''] = servicePool(random, 1);
  pointers.set(ip, 'mta9.letters.example');
  const mail = {
    from: `hr@${domain}`,
    envelope: `bounces+${random.hex(6)}@letters.example`,
    subject: 'Benefits: choose until Friday',
  };
  const day = random.int(2, 27);
  for (const person of people) {
    const links = ['click.letters.example'];
    sendByMx(
      tenant,
      { ...mail, to: [person], day, hour: 9 + random.next(), ip, dkim: 'other', links },
      'announcement',
      'header-only',
    );
  }
};

/** The second line of an office, used for a day while the first was down. */
export const spareLine: SenderKind = (tenant) => {
  const { random, people, domain, offices } = tenant;
  const [main = '', spare] = [offices[0], homeAddress(random, 4)];
  const users = random.some(people, 5);
  const broken = random.pick(WORKDAYS.slice(3));
  for (const day of WORKDAYS) {
    for (const user of users) {
      const from = random.chance(0.5) ? user : `copier@${domain}`;
      const ip = day === broken ? spare : main;
      sendMail(tenant, { day, hour: random.int(7, 16), ip, from, to: [user], subject: 'Scan', attachments: ['a.pdf'] });
      label(tenant, ip, 'legitimate', ip === main ? 'office-line' : 'spare-line', 'direct-send');
    }
  }
};
