import { relayAddress, servicePool } from './addresses.ts';
import { CORPUS_DAYS, type CorpusTenant } from './corpus-tenant.ts';
import { type SenderKind, WORKDAYS } from './honest-devices.ts';
import { sendOrdinary } from './honest-services.ts';
import { sendByMx, sendMail } from './send-mail.ts';

/** A newsletter service that puts the own domain only into the header, signed with the own domain's key. */
export const signedHeader: SenderKind = (tenant) => publish(tenant, 'own', 'signed-header');

/** The same, but with its own signature: DMARC fails, if there is a record. */
export const unalignedHeader: SenderKind = (tenant) => publish(tenant, 'other', 'unaligned-header');

function publish(tenant: CorpusTenant, dkim: 'own' | 'other', kind: string): void {
  const { random, domain, people, pointers } = tenant;
  const pool = servicePool(random, random.int(1, 8));
  if (random.chance(0.8)) for (const ip of pool) pointers.set(ip, `out${ip.split('.')[3]}.bulk.example`);
  const from = `${random.pick(['news', 'noreply', 'surveys', 'events'])}@${domain}`;
  for (const day of WORKDAYS.filter(() => random.chance(0.6))) {
    const ip = random.pick(pool);
    const envelope = `bounce-${random.hex(6)}@bulk.example`;
    for (const person of random.some(people, random.int(2, 8))) {
      const mail = { day, hour: 9 + random.next(), ip, from, envelope, to: [person], subject: 'This week', dkim };
      sendByMx(tenant, { ...mail, links: ['click.bulk.example'] }, kind, 'header-only');
    }
    if (random.chance(0.5)) sendOrdinary(tenant, ip, day);
  }
}

/** A mailing list that the tenant's people write to: it breaks their signatures and shows their addresses. */
export const mailingList: SenderKind = (tenant) => {
  const { random, people, pointers } = tenant;
  const ip = relayAddress(random);
  pointers.set(ip, 'lists.society.example');
  const members = random.some(people, random.int(2, 8));
  for (let day = 0; day < CORPUS_DAYS; day += random.int(1, 3)) {
    const [from, messageId, subject] = [random.pick(members), `<${random.hex(16)}@own>`, '[society] question'];
    const lists = ['all@lists.society.example'];
    sendMail(tenant, { day, hour: 10, ip: '', from, to: lists, subject, messageId, direction: 'Outbound' });
    const envelope = 'all-bounces@lists.society.example';
    const back = { day, hour: 10.2, ip, from, envelope, to: members, subject, messageId, dkim: 'broken' as const };
    sendByMx(tenant, { ...back, links: ['lists.society.example'] }, 'mailing-list', 'header-only');
    if (random.chance(0.5)) sendOrdinary(tenant, ip, day);
  }
};

/** A forwarder that rewrites the envelope as it should (SRS). */
export const srsForwarder: SenderKind = (tenant) => {
  const { random, domain, people, pointers } = tenant;
  const ip = relayAddress(random);
  pointers.set(ip, 'fwd.club.example');
  const writers = random.some(people, random.int(1, 6));
  const reader = random.pick(people);
  for (const day of WORKDAYS.filter(() => random.chance(0.5))) {
    const from = random.pick(writers);
    const envelope = `SRS0=${random.hex(4)}=AB=${domain}=${from.split('@')[0]}@club.example`;
    const dkim = tenant.signsDkim ? ('own' as const) : ('broken' as const);
    const mail = {
      day,
      hour: random.int(7, 18),
      ip,
      from,
      envelope,
      to: [reader],
      subject: 'Training on Sunday',
      dkim,
    };
    sendByMx(tenant, mail, 'srs-forwarder', 'header-only');
  }
};
