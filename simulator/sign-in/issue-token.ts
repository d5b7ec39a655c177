import { createHmac, timingSafeEqual } from 'node:crypto';
import { isRecord, parseJson } from '../wire/read-request.ts';

/** What a token says. */
export interface TokenClaims {
  readonly aud: string;
  readonly iss: string;
  readonly sub: string;
  /** The tenant that it was issued for. */
  readonly tid: string;
  readonly appid: string;
  /** Application permissions; absent when nothing was consented to. */
  readonly roles?: readonly string[];
}

/** Issues the simulator's tokens and knows them again without keeping them. */
export interface TokenIssuer {
  /** A token of one hour by the simulator's clock. */
  issue(claims: TokenClaims): string;
  /** The claims of a token of this simulator; null for any other text. Expiry is not checked, see `issueToken`. */
  read(token: string): TokenClaims | null;
}

/** Seconds that a token lives. */
export const TOKEN_LIFETIME = 3600;

const HEADER = encode({ typ: 'JWT', alg: 'RS256', kid: 'simulated' });

/**
 * Tokens look like Entra's, but their last part begins with `marker`, so that a leaked one is found by searching for it.
 * A token stays good after its `exp`: sign-in libraries cache by the real clock, and the simulator's may be shifted.
 */
export function createTokenIssuer(marker: string, clock: () => Date): TokenIssuer {
  const sign = (content: string) => marker + createHmac('sha256', marker).update(content).digest('base64url');
  return {
    issue(claims) {
      const now = Math.floor(clock().getTime() / 1000);
      const content = `${HEADER}.${encode({ ...claims, iat: now, nbf: now, exp: now + TOKEN_LIFETIME })}`;
      return `${content}.${sign(content)}`;
    },
    read(token) {
      const end = token.lastIndexOf('.');
      const content = token.slice(0, Math.max(end, 0));
      const expected = Buffer.from(sign(content));
      const actual = Buffer.from(token.slice(end + 1));
      if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return null;
      const claims = decodePart(content.split('.')[1] ?? '');
      return claims as TokenClaims | null;
    },
  };
}

/** The object in one part of a token; null when there is none. */
export function decodePart(part: string): Record<string, unknown> | null {
  const value = parseJson(Buffer.from(part, 'base64url').toString('utf8'));
  return isRecord(value) ? value : null;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
