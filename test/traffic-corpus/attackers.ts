import { cloudBlock, homeAddress, servicePool } from './addresses.ts';
import { CORPUS_DAYS } from './corpus-tenant.ts';
import type { SenderKind } from './honest-devices.ts';
import { lure, lureHost, rentServer } from './lures.ts';
import { label, sendMail } from './send-mail.ts';

/*
 * Attackers in the names of those they write to.
 */

/** Everybody gets mail from himself, within hours. */
export const selfBlast: SenderKind = (tenant) => {
  const { random, people } = tenant;
  const [ip, host, day, found] = [rentServer(tenant), lureHost(tenant), random.int(2, 28), random.pick([0, 0.2, 0.6])];
  for (const victim of random.some(people, random.int(3, 60))) {
    sendMail(tenant, {
      ...lure(tenant, host, found),
      day,
      hour: 8 + random.next() * 4,
      ip,
      from: victim,
      to: [victim],
    });
  }
  label(tenant, ip, 'spoof', 'self-blast', 'direct-send');
};

/** One mail a day, from oneself, for weeks. */
export const pacedSelf: SenderKind = (tenant) => {
  const { random, people } = tenant;
  const [ip, host] = [rentServer(tenant), lureHost(tenant)];
  for (let day = random.int(0, 8); day < CORPUS_DAYS; day += random.int(1, 2)) {
    const victim = random.pick(people);
    sendMail(tenant, { ...lure(tenant, host, 0.1), day, hour: 6 + random.next() * 12, ip, from: victim, to: [victim] });
  }
  label(tenant, ip, 'spoof', 'paced-self', 'direct-send');
};

/** A campaign over many addresses, a few mails each. */
export const spreadSelf: SenderKind = (tenant) => {
  const { random, people } = tenant;
  const [host, start] = [lureHost(tenant), random.int(2, 24)];
  for (let n = random.int(5, 15); n > 0; n -= 1) {
    const ip = homeAddress(random);
    for (const victim of random.some(people, random.int(1, 3))) {
      sendMail(tenant, {
        ...lure(tenant, host, 0.2),
        day: start + random.int(0, 3),
        hour: random.next() * 24,
        ip,
        from: victim,
        to: [victim],
      });
    }
    label(tenant, ip, 'spoof', 'spread-self', 'direct-send');
  }
};

/** From an address of a service that the tenant's SPF record includes for all its customers: SPF passes. */
export const sharedInclude: SenderKind = (tenant) => {
  const { random, people, pointers } = tenant;
  const pool = servicePool(random, 2);
  tenant.spf.push({ block: `${pool[0]?.split('.').slice(0, 3).join('.')}.0/24`, include: 'spf.bulkmail.example' });
  const [host, day] = [lureHost(tenant), random.int(2, 27)];
  for (const ip of pool) {
    pointers.set(ip, `out-${ip.split('.')[3]}.bulkmail.example`);
    for (const victim of random.some(people, random.int(3, 25))) {
      const from = random.chance(0.7) ? victim : `hr@${tenant.domain}`;
      sendMail(tenant, {
        ...lure(tenant, host, 0.2),
        day,
        hour: 7 + random.next() * 3,
        ip,
        from,
        to: [victim],
        dkim: 'other',
      });
    }
    label(tenant, ip, 'spoof', 'shared-include', 'direct-send');
  }
};

/** From a cloud whose whole block the tenant lists. */
export const wideBlock: SenderKind = (tenant) => {
  const { random, people } = tenant;
  const cloud = cloudBlock(random);
  tenant.spf.push({ block: cloud.block, include: null });
  const [ip, host, day] = [cloud.address(), lureHost(tenant), random.int(2, 27)];
  const boss = random.pick(people);
  for (const victim of random.some(people, random.int(3, 20))) {
    const from = random.chance(0.5) ? boss : victim;
    sendMail(tenant, {
      ...lure(tenant, host, 0.2),
      day: day + random.int(0, 1),
      hour: 7 + random.next() * 3,
      ip,
      from,
      to: [victim],
    });
  }
  label(tenant, ip, 'spoof', 'wide-block', 'direct-send');
};
