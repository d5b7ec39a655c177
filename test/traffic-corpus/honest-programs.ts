import { hostedAddress, servicePool } from './addresses.ts';
import { CORPUS_DAYS } from './corpus-tenant.ts';
import { officeOf, type SenderKind, WORKDAYS } from './honest-devices.ts';
import { label, sendMail } from './send-mail.ts';

/** Monitoring in a hosting centre, with links to its own console and to the vendor. */
export const monitoring: SenderKind = (tenant) => {
  const { random, domain, people, pointers } = tenant;
  const ip = hostedAddress(random);
  if (random.chance(0.6))
    pointers.set(ip, random.chance(0.5) ? `monitor.${domain}` : `vm${ip.replaceAll('.', '-')}.hoster.example`);
  const to = random.some(people, random.int(1, 3));
  for (let day = 0; day < CORPUS_DAYS; day += 1) {
    for (let n = random.int(0, 5); n > 0; n -= 1) {
      const links = [random.chance(0.7) ? `monitor.${domain}` : 'docs.vendor.example'];
      sendMail(tenant, {
        day,
        hour: random.next() * 24,
        ip,
        from: `alerts@${domain}`,
        to,
        subject: 'PROBLEM: disk on srv1',
        links,
      });
    }
  }
  label(tenant, ip, 'legitimate', 'monitoring', 'direct-send');
};

/** The payroll run: once a month everybody gets a pay slip within minutes. */
export const payrollRun: SenderKind = (tenant) => {
  const { random, domain, people, pointers } = tenant;
  const ip = random.chance(0.5) ? officeOf(tenant) : hostedAddress(random);
  if (!tenant.offices.includes(ip) && random.chance(0.6)) pointers.set(ip, 'out.payroll.example');
  const day = random.int(1, 28);
  for (const person of people) {
    const subject = 'Your pay slip for October';
    sendMail(tenant, {
      day,
      hour: 6 + random.next() / 2,
      ip,
      from: `payroll@${domain}`,
      to: [person],
      subject,
      attachments: ['payslip.pdf'],
    });
  }
  label(tenant, ip, 'legitimate', 'payroll-run', 'direct-send');
};

/** An accounting program that sends as the person who works with it. */
export const officeProgram: SenderKind = (tenant) => {
  const { random, people } = tenant;
  const ip = officeOf(tenant);
  const [from = '', ...colleagues] = random.some(people, 5);
  for (const day of WORKDAYS.filter(() => random.chance(0.4))) {
    for (let n = random.int(1, 4); n > 0; n -= 1) {
      const to = [random.pick(colleagues)];
      sendMail(tenant, {
        day,
        hour: random.int(7, 15) + random.next(),
        ip,
        from,
        to,
        subject: 'Invoice 4711 for approval',
        attachments: ['invoice.pdf'],
      });
    }
  }
  label(tenant, ip, 'legitimate', 'office-program', 'direct-send');
};

/** A telephone system: "voicemail" and "missed call" are what it is for. */
export const telephoneSystem: SenderKind = (tenant) => {
  const { random, domain, people, pointers } = tenant;
  const isHosted = random.chance(0.5);
  const ip = isHosted ? servicePool(random, 1)[0]! : officeOf(tenant);
  if (isHosted) pointers.set(ip, 'mail3.telephony.example');
  for (const day of WORKDAYS) {
    for (let n = random.int(0, 4); n > 0; n -= 1) {
      const to = [random.pick(people)];
      const subject = `New voicemail from +358 40 ${random.int(100, 999)}`;
      sendMail(tenant, {
        day,
        hour: random.int(6, 17) + random.next(),
        ip,
        from: `voicemail@${domain}`,
        to,
        subject,
        attachments: ['msg.wav'],
      });
    }
  }
  label(tenant, ip, 'legitimate', 'telephone-system', 'direct-send');
};
