import type { TokenCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { LRUCache } from 'lru-cache';
import type { Reference } from '../../core/schemas.ts';
import { clean } from '../../core/setting/interpret-answer.ts';
import type { Environment } from './setting-reader.ts';

/** The value that a reference stands for, or what is wrong with it (a sentence that follows "the URL" or "the secret"). */
export type Resolved = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly problem: string };

export type ResolveReference = (reference: Reference) => Promise<Resolved>;

/** How long a secret is kept: a rotated one is picked up within this time. */
const KEPT_FOR = 5 * 60_000;

/** How long the vault may take: an alert waits for it under the lease of its channel. */
const ASKED_FOR = 5000;

/** Resolves names of settings and of Key Vault secrets. Nothing is asked before it is needed. */
export function openReferences(
  env: Environment,
  vaultUrl: string | null,
  identity: () => TokenCredential,
): ResolveReference {
  const kept = new LRUCache<string, string>({ max: 500, ttl: KEPT_FOR });
  let client: SecretClient | null = null;

  async function fromVault(name: string): Promise<Resolved> {
    const cached = kept.get(name);
    if (cached !== undefined) return { ok: true, value: cached };
    if (vaultUrl === null)
      return { ok: false, problem: `is the Key Vault secret "${name}", but DSW_VAULT_URL is not set` };
    client ??= new SecretClient(vaultUrl, identity(), { retryOptions: { maxRetries: 2 } });
    try {
      const { value } = await client.getSecret(name, { abortSignal: AbortSignal.timeout(ASKED_FOR) });
      if (value === undefined || value.trim() === '')
        return { ok: false, problem: `is empty in the Key Vault secret "${name}"` };
      kept.set(name, value.trim());
      return { ok: true, value: value.trim() };
    } catch (error) {
      const status = (error as { statusCode?: number }).statusCode;
      const why =
        status === undefined ? clean(error instanceof Error ? error.message : String(error)) : `status ${status}`;
      return { ok: false, problem: `could not be read from the Key Vault secret "${name}" (${why})` };
    }
  }

  return async (reference) => {
    if ('vaultSecret' in reference) return fromVault(reference.vaultSecret);
    const value = env[reference.setting]?.trim() ?? '';
    if (value === '') return { ok: false, problem: `is not set: the setting ${reference.setting} is missing or empty` };
    if (value.startsWith('@Microsoft.KeyVault(')) {
      return {
        ok: false,
        problem: `is a Key Vault reference that was not resolved, in the setting ${reference.setting}`,
      };
    }
    return { ok: true, value };
  };
}
