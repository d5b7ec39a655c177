import { generate } from 'selfsigned';

/** A server certificate for this machine, and the authority that clients must trust: the certificate itself. All PEM. */
export interface Certificate {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

const YEAR = 365.25 * 24 * 3600 * 1000;

let made: Promise<Certificate> | undefined;

/**
 * The certificate of this process; made once, because the key takes long and simulators come and go within one test run.
 * Valid from 20 years ago for 40 years, so that clients whose clock is shifted trust it too.
 */
export function makeCertificate(): Promise<Certificate> {
  made ??= issueCertificate();
  return made;
}

async function issueCertificate(): Promise<Certificate> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - 20 * YEAR),
    notAfterDate: new Date(Date.now() + 20 * YEAR),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { authority: cert, certificate: cert, key };
}
