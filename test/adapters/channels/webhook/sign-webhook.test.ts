import { createHmac } from 'node:crypto';
import { readSecret, signWebhook } from '../../../../shared/adapters/channels/webhook/sign-webhook.ts';

const NOW = new Date('2026-11-20T08:00:00.900Z');
const secretOf = (bytes: number, fill = 7) => `whsec_${Buffer.alloc(bytes, fill).toString('base64')}`;

describe('a webhook secret', () => {
  it.each([24, 32, 64])('of %i bytes is one', (bytes) => {
    expect(readSecret(secretOf(bytes))).toEqual(Buffer.alloc(bytes, 7));
  });

  it.each([
    ['too short', secretOf(23)],
    ['too long', secretOf(65)],
    ['without its prefix', secretOf(32).slice(6)],
    ['that is not base64', 'whsec_not base64 at all, though long enough'],
    ['empty', ''],
  ])('%s is none', (_what, text) => {
    expect(readSecret(text)).toBeNull();
  });
});

describe('the signature of an event', () => {
  it('is that of the test vector of the reference libraries', () => {
    const secret = readSecret('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')!;
    const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
    expect(signWebhook(id, '{"test": 2432232314}', new Date(1_614_265_330_000), [secret])).toEqual({
      'webhook-id': id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is made over id, time of this attempt in whole seconds, and body', () => {
    const key = Buffer.alloc(24, 1);
    const expected = createHmac('sha256', key).update('ID.1795161600.{"ä":1}').digest('base64');
    expect(signWebhook('ID', '{"ä":1}', NOW, [key])['webhook-signature']).toBe(`v1,${expected}`);
  });

  it('is there once for each secret while they are rotated, the newest first', () => {
    const [one, two] = [Buffer.alloc(24, 1), Buffer.alloc(24, 2)];
    const both = signWebhook('ID', 'x', NOW, [one, two])['webhook-signature'];
    const apart = [one, two].map((secret) => signWebhook('ID', 'x', NOW, [secret])['webhook-signature']);
    expect(both).toBe(apart.join(' '));
  });
});
