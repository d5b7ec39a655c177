import { relayAddress, servicePool } from './addresses.ts';
import { CORPUS_DAYS, type CorpusTenant } from './corpus-tenant.ts';
import { signIn, WORKDAYS } from './honest-devices.ts';
import { sendMail } from './send-mail.ts';

/** The mail that must not be listed at all: mail between colleagues, ordinary mail from outside, mail through a connector. */
export function addBackground(tenant: CorpusTenant): void {
  const { random, people, domain, offices } = tenant;
  const relays = [...servicePool(random, 5), ...Array.from({ length: 5 }, () => relayAddress(random))];
  const through = tenant.gateway?.addresses ?? relays;
  const connector = tenant.gateway?.connector ? { connector: 'Gateway' } : {};
  for (let day = 0; day < CORPUS_DAYS; day += 1) {
    const busy = WORKDAYS.includes(day) ? 3 : 1;
    for (let n = busy * 2; n > 0; n -= 1) {
      const [from, to] = [random.pick(people), [random.pick(people)]];
      sendMail(tenant, {
        day,
        hour: random.int(7, 17) + random.next(),
        ip: '',
        from,
        to,
        subject: 'Re: plan',
        direction: 'Intra-org',
      });
      const outside = `person${random.int(1, 99)}@firm${random.int(1, 60)}.example`;
      const links = random.chance(0.5) ? ['www.firm.example'] : [];
      sendMail(tenant, {
        day,
        hour: random.next() * 24,
        ip: random.pick(through),
        from: outside,
        to,
        subject: 'Offer',
        dkim: 'other',
        links,
        ...connector,
      });
      if (random.chance(0.2)) {
        const mail = { from: `erp@${domain}`, to, subject: 'Order', connector: 'On-premises' };
        sendMail(tenant, { ...mail, day, hour: 9, ip: random.pick(offices) });
      }
    }
    if (random.chance(0.6))
      for (const person of random.some(people, 3)) signIn(tenant, random.pick(offices), person, day);
  }
}
