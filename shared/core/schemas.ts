import * as z from 'zod';

/** Milliseconds per unit of a written duration. */
const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of a duration such as `40s`, `15m`, `6h`, `7d`; null when it is none. */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,9})(s|m|h|d)$/.exec(text.trim());
  return match?.[1] && match[2] ? Number(match[1]) * UNITS[match[2] as keyof typeof UNITS] : null;
}

/** A whole number of seconds, given in milliseconds, as `parseDuration` reads it, in the largest unit that takes no fraction. */
export function formatDuration(milliseconds: number): string {
  const unit = (['d', 'h', 'm'] as const).find((one) => milliseconds % UNITS[one] === 0) ?? 's';
  return `${milliseconds / UNITS[unit]}${unit}`;
}

const duration = z
  .string()
  .regex(/^\d{1,9}[smhd]$/, 'must be a duration such as "4h" (s, m, h or d)')
  .describe('A duration: a whole number followed by s, m, h or d.');

const guid = z
  .string()
  .regex(
    /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/,
    'must be a tenant id (a GUID)',
  );

/** One line of printable text: line breaks and control characters in a name are a mistake or an attack. */
const line = (most: number) =>
  z
    .string()
    .min(1, 'must not be empty')
    .max(most, `must have at most ${most} characters`)
    .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'must not contain control characters or line breaks')
    .regex(/\S/, 'must not be blank');

/** A host name after IDNA: labels of letters, digits, hyphens; also accepts names in their own script. */
const domain = z
  .string()
  .max(253, 'must have at most 253 characters')
  .regex(
    /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?\.)+[\p{L}\p{N}][\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}]$/u,
    'must be a domain name such as "fabrikam.example"',
  );

export const LANGUAGES = ['en', 'ja', 'fi'] as const;
export const CLOUDS = ['global', 'gcc', 'gcc-high', 'dod', 'china'] as const;

/** Where a URL or a secret stands: named, never written. */
const reference = z.union(
  [
    z.strictObject({
      setting: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, 'must be the name of an application setting'),
    }),
    z.strictObject({
      vaultSecret: z.string().regex(/^[A-Za-z0-9-]{1,127}$/, 'must be the name of a Key Vault secret'),
    }),
  ],
  {
    error: 'must be { "setting": "NAME" } or { "vaultSecret": "name" }: URLs and secrets are named here, never written',
  },
);

const channelId = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'must be a short name of lower-case letters, digits and hyphens');

const timeZone = z
  .string()
  .refine(isTimeZone, 'must be an IANA time zone such as "Europe/Helsinki"')
  .describe('IANA time zone in which times are shown beside UTC.');

const words = { language: z.enum(LANGUAGES).optional(), timeZone: timeZone.optional() };
const address = z
  .string()
  .max(254)
  .regex(/^[^\s@<>",;:\\()[\]]+@[^\s@<>",;:\\()[\]]+\.[^\s@<>",;:\\()[\]]+$/, 'must be an e-mail address');

const channel = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('teams-workflow'), url: reference, ...words }),
  z.strictObject({
    type: z.literal('webhook'),
    url: reference,
    secret: reference,
    previousSecret: reference.optional().describe('The secret before the last rotation: events are signed with both.'),
  }),
  z.strictObject({
    type: z.literal('email'),
    from: address.describe('Mailbox in the tenant of DSW_HOME_TENANT_ID that sends.'),
    to: z.array(address).min(1).max(50),
    ...words,
  }),
]);

const escalation = {
  escalateTo: z.array(channelId).min(1).max(20).optional().describe('Channels told when nobody acknowledges in time.'),
  escalateAfter: duration.optional().describe('How long to wait for an acknowledgement before escalating.'),
};

const tenant = z.strictObject({
  id: guid,
  name: line(256),
  domains: z.array(domain).max(5000).optional(),
  cloud: z.enum(CLOUDS).optional(),
  channels: z.array(channelId).max(20).optional(),
  ...escalation,
});

/** The tenants file as people write it (design, section 7). Cross-checks that a schema cannot say are in `parse-tenants-file.ts`. */
export const tenantsFile = z.strictObject({
  $schema: z.string().optional(),
  channels: z.record(channelId, channel).optional(),
  defaults: z
    .strictObject({
      channels: z.array(channelId).max(20).optional(),
      fallback: channelId.optional().describe('The channel that is told when another one is broken.'),
      ...escalation,
    })
    .optional(),
  tenants: z.array(tenant),
});

export type TenantsFile = z.infer<typeof tenantsFile>;
export type Channel = z.infer<typeof channel>;
export type Reference = z.infer<typeof reference>;
export type Cloud = (typeof CLOUDS)[number];
export type Language = (typeof LANGUAGES)[number];

const instant = z.iso.datetime();

/** A tenant as a check needs it: the message carries it, so that a check costs no transaction to look it up. */
export const checkedTenant = z.strictObject({
  id: guid,
  name: line(256),
  /** The first few domains, for the cards. */
  domains: z.array(z.string()).max(5),
  cloud: z.enum(CLOUDS),
  channels: z.array(channelId),
  escalation: z.strictObject({ channels: z.array(channelId), after: z.number().int().nonnegative() }).nullable(),
  registeredAt: instant,
});

/** Queue `tenant-checks`. No field may be called like a queue property: the host would put it in that one's place. */
export const checkMessage = z.strictObject({
  schema: z.literal(1),
  runId: z.string().min(1).max(100),
  tenant: checkedTenant,
});

/** Queue `alert-deliveries`: a hint that a channel has something waiting. */
export const deliveryMessage = z.strictObject({ schema: z.literal(1), channel: channelId });

export type CheckedTenant = z.infer<typeof checkedTenant>;
export type CheckMessage = z.infer<typeof checkMessage>;
export type DeliveryMessage = z.infer<typeof deliveryMessage>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
