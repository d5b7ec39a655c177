import {
  type FileProblem,
  type ParsedTenantsFile,
  parseTenantsFile,
} from '../../../shared/core/registry/parse-tenants-file.ts';
import type { TenantsFile } from '../../../shared/core/schemas.ts';

export const FABRIKAM = '3d1c5a8e-6f0b-4b7a-9c2d-1e2f3a4b5c6d';
export const CONTOSO = '77777777-6f0b-4b7a-9c2d-1e2f3a4b5c6d';

/** A tenants file in which everything stands that may stand in one. */
export const FULL: TenantsFile = {
  $schema: 'https://watch.example/tenants.schema.json',
  channels: {
    ops: { type: 'teams-workflow', url: { setting: 'DSW_CHANNEL_OPS_URL' }, language: 'ja', timeZone: 'Asia/Tokyo' },
    siem: {
      type: 'webhook',
      url: { vaultSecret: 'siem-url' },
      secret: { setting: 'DSW_CHANNEL_SIEM_SECRET' },
      previousSecret: { vaultSecret: 'siem-secret-2025' },
    },
    boss: {
      type: 'email',
      from: 'watch@msp.example',
      to: ['boss@msp.example'],
      language: 'fi',
      timeZone: 'Europe/Helsinki',
    },
  },
  defaults: { channels: ['ops'], fallback: 'siem', escalateTo: ['boss'], escalateAfter: '4h' },
  tenants: [
    {
      ...{ id: FABRIKAM, name: 'Fabrikam GmbH', domains: ['fabrikam.example', 'bücher.example'], cloud: 'gcc' },
      ...{ channels: ['ops', 'siem'], escalateTo: ['boss'], escalateAfter: '90m' },
    },
    { id: CONTOSO, name: 'Contoso Oy' },
  ],
};

/** The full file with something else at a place. */
export function fullWith(change: (file: TenantsFile) => void): unknown {
  const file = structuredClone(FULL);
  change(file);
  return file;
}

/** What is wrong with a file, in one line each. */
export function problemsOf(file: unknown): string[] {
  const parsed = parseTenantsFile(typeof file === 'string' ? file : JSON.stringify(file));
  return parsed.ok ? [] : parsed.problems.map(lineOf);
}

export const lineOf = ({ path, message }: FileProblem) => `${path}: ${message}`;

/** The tenants file of a text that is right. */
export function accepted(file: unknown): ParsedTenantsFile & { ok: true } {
  const parsed = parseTenantsFile(typeof file === 'string' ? file : JSON.stringify(file));
  if (!parsed.ok) throw new Error(parsed.problems.map(lineOf).join('\n'));
  return parsed;
}
