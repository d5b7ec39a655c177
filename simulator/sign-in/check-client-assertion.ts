import { constants, verify, X509Certificate } from 'node:crypto';
import type { AppRegistration } from './app-registration.ts';
import { decodePart, type TokenIssuer } from './issue-token.ts';

/**
 * Checks an assertion that stands in for a secret: one that the app signed with its certificate, or a token of the
 * managed identity. Returns the AADSTS code of the refusal, or null. Expiry is not checked: the app signs by the real
 * clock, and the simulator's may be shifted.
 */
export function checkClientAssertion(
  assertion: string,
  app: AppRegistration,
  tokenUrl: string,
  tokens: TokenIssuer,
): number | null {
  const [head, body, signature, ...rest] = assertion.split('.');
  const header = decodePart(head ?? '');
  const claims = decodePart(body ?? '');
  if (header === null || claims === null || signature === undefined || rest.length > 0) return 50012;
  if (claims.iss !== app.clientId) return checkFederatedToken(assertion, claims, app, tokens);

  if (claims.sub !== app.clientId || claims.aud !== tokenUrl || typeof claims.exp !== 'number') return 50012;
  const certificate = app.certificates
    .map((pem) => new X509Certificate(pem))
    .find((candidate) => isNamedBy(header, candidate));
  if (certificate === undefined) return 700027;
  return isSignedBy(certificate, header.alg, `${head}.${body}`, signature) ? null : 700027;
}

function checkFederatedToken(
  token: string,
  claims: Record<string, unknown>,
  { federatedCredential }: AppRegistration,
  tokens: TokenIssuer,
): number | null {
  if (federatedCredential === null || claims.iss !== federatedCredential.issuer) return 700211;
  if (claims.sub !== federatedCredential.subject) return 700213;
  if (claims.aud !== federatedCredential.audience) return 700212;
  return tokens.read(token) === null ? 50012 : null;
}

function isNamedBy(header: Record<string, unknown>, certificate: X509Certificate): boolean {
  const thumbprint = (hex: string) => Buffer.from(hex.replaceAll(':', ''), 'hex').toString('base64url');
  const { fingerprint, fingerprint256 } = certificate;
  return header['x5t#S256'] === thumbprint(fingerprint256) || header.x5t === thumbprint(fingerprint);
}

function isSignedBy(certificate: X509Certificate, algorithm: unknown, content: string, signature: string): boolean {
  const data = Buffer.from(content);
  const bytes = Buffer.from(signature, 'base64url');
  const key = certificate.publicKey;
  if (algorithm === 'RS256') return verify('sha256', data, key, bytes);
  if (algorithm !== 'PS256') return false;
  const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  return verify('sha256', data, { key, ...padding }, bytes);
}
