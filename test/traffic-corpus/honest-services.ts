import { officeAddress, relayAddress, servicePool } from './addresses.ts';
import type { CorpusTenant } from './corpus-tenant.ts';
import { type SenderKind, WORKDAYS } from './honest-devices.ts';
import { label, sendByMx, sendMail } from './send-mail.ts';

/** A service that the tenant's SPF record includes; each message leaves from another address of its pool. */
export const includedService: SenderKind = (tenant) => serve(tenant, { isIncluded: true, kind: 'included-service' });

/** A service that nobody put into the SPF record. */
export const unlistedService: SenderKind = (tenant) => serve(tenant, { isIncluded: false, kind: 'unlisted-service' });

function serve(tenant: CorpusTenant, { isIncluded, kind }: { isIncluded: boolean; kind: string }): void {
  const { random, domain, people, pointers } = tenant;
  const pool = servicePool(random, random.int(2, 12));
  const net = pool[0]?.split('.').slice(0, 3).join('.');
  if (isIncluded) tenant.spf.push({ block: `${net}.0/24`, include: 'spf.service.example' });
  if (random.chance(0.8)) for (const ip of pool) pointers.set(ip, `o${ip.split('.')[3]}.mail.service.example`);
  const from = `${random.pick(['noreply', 'hr-portal', 'tickets', 'learning', 'info'])}@${domain}`;
  const dkim = isIncluded
    ? random.pick(['own', 'other', 'broken'] as const)
    : random.pick(['other', 'broken'] as const);
  const subject = random.pick([
    'Ticket updated',
    'New course',
    'Leave request approved',
    'Please review the shared document',
  ]);
  for (const day of WORKDAYS) {
    for (let n = random.int(0, 5); n > 0; n -= 1) {
      const [ip, to] = [random.pick(pool), [random.pick(people)]];
      const hour = random.int(5, 18) + random.next();
      // A content filter is wrong once in a few hundred messages.
      const found = random.chance(0.004) ? { found: random.pick(['phish', 'doubtful'] as const) } : {};
      const mail = { day, hour, ip, from, to, subject, dkim, links: ['app.service.example'], ...found };
      sendByMx(tenant, mail, kind, 'direct-send');
      if (random.chance(0.5)) sendOrdinary(tenant, ip, day);
    }
  }
}

/** Ordinary mail of somebody else from the same address: a service or relay serves many. */
export function sendOrdinary(tenant: CorpusTenant, ip: string, day: number): void {
  const { random, people, gateway } = tenant;
  if (gateway !== null && !gateway.addresses.includes(ip)) return;
  const from = `news@customer${random.int(1, 400)}.example`;
  const mail = {
    day,
    hour: random.next() * 24,
    ip,
    from,
    to: [random.pick(people)],
    subject: 'News',
    dkim: 'other' as const,
  };
  sendMail(tenant, { ...mail, links: ['www.customer.example'], ...(gateway?.connector && { connector: 'Gateway' }) });
}

/** A forwarder without SRS: mail that the tenant's people sent elsewhere comes back in their names. */
export const plainForwarder: SenderKind = (tenant) => {
  const { random, people, pointers } = tenant;
  const ip = relayAddress(random);
  pointers.set(ip, 'mx.university.example');
  const writers = random.some(people, random.int(1, 12));
  const readers = random.some(people, random.int(1, 3));
  const dkim = tenant.signsDkim ? (random.chance(0.8) ? 'own' : 'broken') : 'other';
  for (const day of WORKDAYS.filter(() => random.chance(0.6))) {
    for (let n = random.int(1, 3); n > 0; n -= 1) {
      const [from, subject, messageId] = [
        random.pick(writers),
        `Re: meeting ${random.int(1, 99)}`,
        `<${random.hex(16)}@own>`,
      ];
      const hour = random.int(7, 16) + random.next();
      const links = random.chance(0.4) ? ['www.university.example'] : [];
      sendMail(tenant, {
        day,
        hour,
        ip: '',
        from,
        to: ['x@university.example'],
        subject,
        messageId,
        direction: 'Outbound',
      });
      const back = {
        day,
        hour: hour + 0.1,
        ip,
        from,
        to: [random.pick(readers)],
        subject,
        messageId,
        dkim,
        links,
      } as const;
      sendByMx(tenant, back, 'plain-forwarder', 'direct-send');
      if (random.chance(0.3)) sendOrdinary(tenant, ip, day);
    }
  }
};

/** A phishing simulation that the tenant ordered. */
export const simulation: SenderKind = (tenant) => {
  const { random, people } = tenant;
  const [ip = ''] = servicePool(random, 1);
  const day = random.int(2, 27);
  for (const person of random.some(people, 40)) {
    const mail = {
      subject: 'Your password expires today',
      links: ['login.awareness.example'],
      simulated: true,
    } as const;
    sendMail(tenant, { ...mail, day, hour: 9 + random.next(), ip, from: person, to: [person] });
  }
  label(tenant, ip, 'legitimate', 'phishing-simulation', 'direct-send');
};

/** The mail server of a hybrid organisation whose connector does not match: everybody's mail comes without one. */
export const unmatchedHybrid: SenderKind = (tenant) => {
  const { random, domain, people, pointers } = tenant;
  const ip = officeAddress(random);
  if (random.chance(0.7)) pointers.set(ip, `mail.${domain}`);
  else tenant.spf.push({ block: `${ip}/32`, include: null });
  for (const day of WORKDAYS) {
    for (let n = random.int(5, 20); n > 0; n -= 1) {
      const [from, to] = [random.pick(people), [random.pick(people)]];
      const links = random.chance(0.3) ? ['www.partner.example'] : [];
      sendMail(tenant, { day, hour: random.int(6, 17) + random.next(), ip, from, to, subject: 'Re: plan', links });
    }
  }
  label(tenant, ip, 'legitimate', 'unmatched-hybrid', 'direct-send');
};
