import type { LookupAddress } from 'node:dns';
import {
  checkWebhookUrl,
  guardedLookup,
  isPublicAddress,
} from '../../../../shared/adapters/channels/webhook/guard-address.ts';
import { openHttpPool } from '../../../../shared/adapters/http/send-request.ts';
import { startSimulator } from '../../../../simulator/start-simulator.ts';

describe('an address', () => {
  it.each([
    ['loopback', '127.0.0.1'],
    ['loopback, not the first', '127.9.9.9'],
    ['this network', '0.0.0.0'],
    ['private, 10/8', '10.1.2.3'],
    ['private, 172.16/12', '172.31.255.255'],
    ['private, 192.168/16', '192.168.0.1'],
    ['link-local, where clouds keep metadata', '169.254.169.254'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['the metadata address of another cloud', '100.100.100.200'],
    ['documentation', '192.0.2.1'],
    ['benchmarking', '198.18.0.1'],
    ['multicast', '224.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['reserved', '240.0.0.1'],
    ['loopback, IPv6', '::1'],
    ['unspecified, IPv6', '::'],
    ['link-local, IPv6', 'fe80::1'],
    ['unique local, IPv6', 'fc00::1'],
    ['metadata, IPv6', 'fd00:ec2::254'],
    ['multicast, IPv6', 'ff02::1'],
    ['loopback mapped into IPv6', '::ffff:127.0.0.1'],
    ['metadata mapped into IPv6', '::ffff:a9fe:a9fe'],
    ['loopback through NAT64', '64:ff9b::7f00:1'],
    ['loopback through 6to4', '2002:7f00:1::'],
    ['Teredo', '2001::1'],
    ['documentation, IPv6', '2001:db8::1'],
    ['no address at all', 'localhost'],
    ['an address with a zone', 'fe80::1%eth0'],
  ])('%s is not public', (_what, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '172.32.0.1', '100.63.255.255', '2606:4700:4700::1111', '::ffff:8.8.8.8'])(
    '%s is public',
    (one) => {
      expect(isPublicAddress(one)).toBe(true);
    },
  );
});

describe('the URL of a webhook', () => {
  const nothingElse = () => false;

  it.each([
    ['https://127.0.0.1/hook'],
    ['https://2130706433/hook'],
    ['https://0x7f.1/hook'],
    ['https://0177.0.0.1/hook'],
    ['https://169.254.169.254/metadata'],
    ['https://[::1]/hook'],
    ['https://[::ffff:7f00:1]/hook'],
    ['https://[fd00:ec2::254]/latest'],
  ])('%s leads inside and is refused', (url) => {
    expect(checkWebhookUrl(url, nothingElse)).toMatch('DSW_WEBHOOK_HOSTS');
  });

  it('is allowed when its host was named', () => {
    expect(checkWebhookUrl('https://127.0.0.1:8443/hook', (url) => url.port === '8443')).toBeNull();
  });

  it.each([
    ['http://hooks.example/', /https/],
    ['https://user:word@hooks.example/', /user name/],
    ['hooks.example', /not a URL/],
  ])('%s is refused', (url, problem) => {
    expect(checkWebhookUrl(url, nothingElse)).toMatch(problem);
  });

  it('with a name is judged when the name is resolved', () => {
    expect(checkWebhookUrl('https://localhost/hook', nothingElse)).toBeNull();
  });
});

describe('a name that leads inside', () => {
  it('is not connected to, whatever its URL says', async () => {
    const simulator = await startSimulator();
    const pool = openHttpPool(guardedLookup);
    const url = simulator.webhook('siem').url.replace('127.0.0.1', 'localhost');
    const outcome = await pool.send(
      { method: 'POST', url, headers: {}, body: '{}' },
      { answerWithin: 5000, largestBody: 1024 },
    );
    expect(outcome).toMatchObject({ kind: 'failed', cause: 'forbidden-address', mayHaveArrived: false });
    expect(simulator.requests).toEqual([]);
    await Promise.all([pool.close(), simulator.stop()]);
  });

  it.each([true, false])('fails the look-up, also when all addresses are asked for (%s)', async (all) => {
    const failed = await new Promise((resolve) => {
      guardedLookup('localhost', { all }, (error: Error | null, _addresses: LookupAddress[] | string) =>
        resolve(error),
      );
    });
    expect(failed).toMatchObject({ code: 'DSW_FORBIDDEN_ADDRESS' });
  });

  it('that does not exist fails as it would anywhere', async () => {
    const failed = await new Promise((resolve) => {
      guardedLookup('name.invalid', {}, (error: Error | null) => resolve(error));
    });
    expect(failed).toMatchObject({ code: expect.stringMatching(/^E(NOTFOUND|AI_AGAIN)$/) });
  });
});
