import { hostedAddress, relayAddress, servicePool } from './addresses.ts';
import { CORPUS_DAYS } from './corpus-tenant.ts';
import { type SenderKind, WORKDAYS } from './honest-devices.ts';
import { sendOrdinary } from './honest-services.ts';
import { sendByMx } from './send-mail.ts';

/*
 * Services of kinds that the development part does not contain.
 */

/** The contact form of the web site: the visitor's address in the header, an own one in the envelope. */
export const contactForm: SenderKind = (tenant) => {
  const { random, domain, people, pointers } = tenant;
  const ip = hostedAddress(random);
  pointers.set(ip, 'web12.hoster.example');
  if (random.chance(0.4)) tenant.spf.push({ block: `${ip}/32`, include: null });
  const to = [random.pick(people)];
  for (let day = 0; day < CORPUS_DAYS; day += random.int(1, 4)) {
    const links = random.chance(0.2) ? ['spam.example'] : [];
    const mail = { from: `visitor${random.int(1, 999)}@freemail.example`, envelope: `www@${domain}`, to, links };
    sendByMx(
      tenant,
      { ...mail, day, hour: random.next() * 24, ip, subject: 'Contact form' },
      'contact-form',
      'direct-send',
    );
  }
};

/** A survey that goes out once, by a service that nobody listed. */
export const oneSurvey: SenderKind = (tenant) => {
  const { random, domain, people, pointers } = tenant;
  const [ip = ''] = servicePool(random, 1);
  pointers.set(ip, 'mta4.surveys.example');
  const day = random.pick(WORKDAYS.slice(2));
  for (const person of people) {
    const mail = {
      from: `survey@${domain}`,
      to: [person],
      subject: 'How do you like working here?',
      dkim: 'other' as const,
    };
    const links = ['answer.surveys.example'];
    sendByMx(tenant, { ...mail, links, day, hour: 10 + random.next(), ip }, 'one-survey', 'direct-send');
  }
  for (let n = 0; n < 8; n += 1) sendOrdinary(tenant, ip, random.int(0, 29));
};

/** A colleague whose mail program still sends through the Internet provider. */
export const providerSmartHost: SenderKind = (tenant) => {
  const { random, people, pointers } = tenant;
  const ip = relayAddress(random);
  pointers.set(ip, 'smtp-out2.provider.example');
  const [from = '', ...others] = random.some(people, 8);
  for (const day of WORKDAYS.filter(() => random.chance(0.7))) {
    for (let n = random.int(1, 4); n > 0; n -= 1) {
      const links = random.chance(0.4) ? ['www.supplier.example'] : [];
      const mail = { from, to: [random.pick(others)], subject: 'Re: offer', links };
      const hour = random.int(8, 17) + random.next();
      sendByMx(tenant, { ...mail, day, hour, ip }, 'provider-smart-host', 'direct-send');
      if (random.chance(0.4)) sendOrdinary(tenant, ip, day);
    }
  }
};

/** A signature service that sends in the name of the colleague who wants something signed. */
export const signatureService: SenderKind = (tenant) => {
  const { random, people, pointers } = tenant;
  const pool = servicePool(random, 3);
  for (const ip of pool) pointers.set(ip, `mail${ip.split('.')[3]}.sign.example`);
  for (let n = random.int(3, 10); n > 0; n -= 1) {
    const [ip, day] = [random.pick(pool), random.pick(WORKDAYS)];
    const envelope = `b.${random.hex(8)}@sign.example`;
    const mail = { from: random.pick(people), envelope, to: [random.pick(people)], subject: 'Please review and sign' };
    const links = ['app.sign.example'];
    sendByMx(tenant, { ...mail, day, hour: 12, ip, dkim: 'other', links }, 'signature-service', 'header-only');
    for (let m = 0; m < 3; m += 1) sendOrdinary(tenant, ip, random.int(0, 29));
  }
};

/** Automatic replies and receipts, with an empty envelope, from a system elsewhere. */
export const automaticReplies: SenderKind = (tenant) => {
  const { random, people, pointers } = tenant;
  const ip = relayAddress(random);
  pointers.set(ip, 'mx.partner.example');
  for (let day = 1; day < CORPUS_DAYS; day += random.int(2, 5)) {
    const mail = { from: random.pick(people), envelope: '', to: [random.pick(people)], subject: 'Automatic reply' };
    sendByMx(tenant, { ...mail, day, hour: 11, ip }, 'automatic-replies', 'header-only');
    sendOrdinary(tenant, ip, day);
  }
};
