import { servicePool } from './addresses.ts';
import { CORPUS_DAYS, type CorpusTenant } from './corpus-tenant.ts';
import { label, sendMail } from './send-mail.ts';

/** A kind of sender: adds its mail and its labels to a tenant. */
export type SenderKind = (tenant: CorpusTenant) => void;

/** The days of the corpus on which offices work (the corpus begins on a Thursday). */
export const WORKDAYS = Array.from({ length: CORPUS_DAYS }, (_, day) => day).filter((day) => ![2, 3].includes(day % 7));

/** An office address, new or one of the tenant's; listed in SPF only if the tenant lists it. */
export function officeOf(tenant: CorpusTenant): string {
  return tenant.random.pick(tenant.offices);
}

const DEVICES = ['scanner', 'mfp-2floor', 'copier', 'scan', 'printer.hq', 'ricoh', 'noreply'];

/** A printer that sends scans to the people who made them, from an own address. */
export const printer: SenderKind = (tenant) => {
  const { random, domain, people } = tenant;
  const ip = officeOf(tenant);
  const from = `${random.pick(DEVICES)}@${domain}`;
  const users = random.some(people, random.int(3, 15));
  for (const day of WORKDAYS) {
    for (let n = random.int(0, 6); n > 0; n -= 1) {
      const to = [random.pick(users)];
      const subject = `Message from ${from.split('@')[0]}`;
      const qr = random.chance(0.02) ? 'pay.bank.example' : undefined;
      sendMail(tenant, {
        day,
        hour: random.int(7, 16) + random.next(),
        ip,
        from,
        to,
        subject,
        attachments: ['SCN_0001.pdf'],
        ...(qr && { qr }),
      });
    }
  }
  label(tenant, ip, 'legitimate', 'printer', 'direct-send');
};

/** A scanner that sends in the name of whoever stands before it, to that person. */
export const scanToMe: SenderKind = (tenant) => {
  const { random, people } = tenant;
  const ip = officeOf(tenant);
  const users = random.some(people, random.int(3, 30));
  for (const day of WORKDAYS) {
    for (let n = random.int(1, 8); n > 0; n -= 1) {
      const user = random.pick(users);
      const hour = random.int(7, 16) + random.next();
      sendMail(tenant, {
        day,
        hour,
        ip,
        from: user,
        to: [user],
        subject: 'Scanned document',
        attachments: ['scan.pdf'],
      });
    }
  }
  label(tenant, ip, 'legitimate', 'scan-to-me', 'direct-send');
};

/** A power supply that reports its nightly self test, and alarms now and then. */
export const powerSupply: SenderKind = (tenant) => {
  const { random, domain, people } = tenant;
  const ip = officeOf(tenant);
  const to = random.some(people, random.int(1, 2));
  for (let day = 0; day < CORPUS_DAYS; day += 1) {
    if (random.chance(0.3)) continue;
    sendMail(tenant, { day, hour: 2 + random.next(), ip, from: `ups@${domain}`, to, subject: 'UPS: self test passed' });
  }
  label(tenant, ip, 'legitimate', 'power-supply', 'direct-send');
};

/** A site behind a shared egress: printer and scan-to-me mail leaves from changing addresses of one provider. */
export const sharedEgress: SenderKind = (tenant) => {
  const { random, domain, people, pointers } = tenant;
  const pool = servicePool(random, random.int(3, 6));
  if (random.chance(0.6)) for (const ip of pool) pointers.set(ip, `egress-${ip.split('.')[3]}.sase.example`);
  const users = random.some(people, random.int(3, 8));
  for (const day of WORKDAYS) {
    for (let n = random.int(1, 5); n > 0; n -= 1) {
      const ip = random.pick(pool);
      const user = random.pick(users);
      const from = random.chance(0.5) ? user : `scanner@${domain}`;
      sendMail(tenant, {
        day,
        hour: random.int(7, 16) + random.next(),
        ip,
        from,
        to: [user],
        subject: 'Scan',
        attachments: ['scan.pdf'],
      });
      if (random.chance(0.5)) signIn(tenant, ip, user, day);
      label(tenant, ip, 'legitimate', 'shared-egress', 'direct-send');
    }
  }
};

/** A successful sign-in of a user from an address. */
export function signIn(tenant: CorpusTenant, ip: string, user: string, day: number): void {
  const time = new Date(Date.parse('2026-10-01T08:00:00.000Z') + day * 86_400_000).toISOString();
  tenant.tables.SigninLogs.push({
    TimeGenerated: time,
    ResultType: '0',
    IPAddress: ip,
    UserId: user,
    UserPrincipalName: user,
  });
}
