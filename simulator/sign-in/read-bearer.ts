import type { HttpRequest } from '../wire/read-request.ts';
import type { TokenClaims, TokenIssuer } from './issue-token.ts';

/** The claims of the bearer token of a request; null without a token of this simulator. */
export function readBearer({ headers }: HttpRequest, tokens: TokenIssuer): TokenClaims | null {
  const token = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
  return token === undefined ? null : tokens.read(token);
}
