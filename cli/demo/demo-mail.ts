import { DAY, HOUR, MINUTE } from '../../shared/core/time.ts';
import { composeMail } from '../../simulator/tenant/mail-row.ts';
import type { SimulatedTenant } from '../../simulator/tenant/tenant.ts';

const OFFICE = '203.0.113.9';
const DAYS = 28;
const VICTIMS = ['aino', 'bruno', 'chiara', 'daichi', 'eero', 'fatima', 'goran', 'hanna', 'ines', 'jonas'];

/** A scanner in the office: the same sender from the office's address, on working days, to people of the same company. */
export function scannerMail(tenant: SimulatedTenant, domain: string, now: Date): void {
  for (let day = DAYS; day >= 1; day -= 1) {
    const morning = now.getTime() - day * DAY + 2 * HOUR;
    if ([0, 6].includes(new Date(morning).getUTCDay())) continue;
    for (const [at, person] of VICTIMS.slice(0, 4).entries()) {
      const mail = {
        at: new Date(morning + at * 47 * MINUTE),
        from: `scanner@${domain}`,
        to: `${person}@${domain}`,
        ip: OFFICE,
      };
      tenant.mail.push(composeMail(mail, { Subject: `Scan ${day}-${at}`, AttachmentCount: 1 }));
    }
  }
}

/** A campaign: from a rented server, to each person in their own name, with a code to scan. */
export function forgedMail(tenant: SimulatedTenant, domain: string, now: Date): void {
  for (const [at, person] of VICTIMS.entries()) {
    const address = `${person}@${domain}`;
    const mail = {
      at: new Date(now.getTime() - 3 * HOUR + at * MINUTE),
      from: address,
      to: address,
      ip: '198.51.100.77',
    };
    tenant.mail.push(
      composeMail(mail, {
        Subject: 'Missed voice message (00:42)',
        AttachmentCount: 1,
        SenderObjectId: `00000000-0000-4000-8000-0000000000${String(at).padStart(2, '0')}`,
        AuthenticationDetails: '{"SPF":"fail","DKIM":"none","DMARC":"fail","CompAuth":"fail"}',
        ThreatTypes: at % 3 === 0 ? 'Phish' : '',
        DetectionMethods: at % 3 === 0 ? '{"Phish":["Fingerprint matching"]}' : '',
      }),
    );
  }
}
