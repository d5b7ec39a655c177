import { hostedAddress } from './addresses.ts';
import type { CorpusTenant } from './corpus-tenant.ts';
import type { Mail } from './send-mail.ts';

type Lure = Pick<Mail, 'subject' | 'links' | 'qr' | 'attachments' | 'found' | 'zapped'>;

/** What lures look like; filters find some, and some of those only after delivery. */
export function lure(tenant: CorpusTenant, host: string, foundShare: number): Lure {
  const { random } = tenant;
  const subject = random.pick([
    'New Missed Fax-msg',
    'Caller Left VM Message',
    'Payroll Update - 10/12/2026',
    'Task reminder',
    'Q4 bonus statement',
    'Document shared with you',
  ]);
  const carried = random.pick([
    { links: [host] },
    { qr: host, attachments: ['Statement.pdf'] },
    { attachments: ['VN_audio.html'] },
    { links: [host], attachments: ['info.pdf'] },
  ]);
  if (!random.chance(foundShare)) return { subject, ...carried };
  return random.chance(0.3)
    ? { subject, ...carried, zapped: true }
    : { subject, ...carried, found: random.pick(['phish', 'phish', 'doubtful'] as const) };
}

/** A host name that a campaign uses for its pages. */
export function lureHost(tenant: CorpusTenant): string {
  return `login-${tenant.random.hex(6)}.icu`;
}

/** A rented server, with or without a name. */
export function rentServer(tenant: CorpusTenant): string {
  const ip = hostedAddress(tenant.random);
  if (tenant.random.chance(0.4)) tenant.pointers.set(ip, `vps-${ip.replaceAll('.', '-')}.hoster.example`);
  return ip;
}
