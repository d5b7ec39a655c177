import { X509Certificate } from 'node:crypto';
import { makeCertificate } from '../../../simulator/tls/make-certificate.ts';

const YEAR = 365 * 24 * 3600 * 1000;

describe('the certificate', () => {
  it('is for this machine, and valid for clients whose clock is 19 years off', async () => {
    const { certificate, authority } = await makeCertificate();
    const { subjectAltName, validFromDate, validToDate } = new X509Certificate(certificate);
    expect(subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1');
    expect(validFromDate.getTime()).toBeLessThan(Date.now() - 19 * YEAR);
    expect(validToDate.getTime()).toBeGreaterThan(Date.now() + 19 * YEAR);
    expect(new X509Certificate(certificate).verify(new X509Certificate(authority).publicKey)).toBe(true);
  });

  it('is made once for a process', async () => {
    expect(await makeCertificate()).toBe(await makeCertificate());
  });
});
