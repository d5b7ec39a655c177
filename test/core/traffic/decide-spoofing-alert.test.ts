import { decideSpoofingAlert } from '../../../shared/core/traffic/decide-spoofing-alert.ts';
import { assess, buildContext, buildDay, buildDays, workdays } from './build-source.ts';

const people = Array.from({ length: 12 }, (_, at) => `person${at}@contoso.example`);
const LURE = {
  messages: 12,
  people,
  from: [],
  to: people,
  senders: { toSelf: 12, fromPerson: 12 },
  payload: { carrying: 12, outsideLinks: 12, toSelf: 12 },
};
const spoof = (delivery: object, more: object = {}) => assess([buildDay({ ...LURE, delivery, ...more })]);
const OPEN = { verdict: 'permissive', since: null, told: new Set<string>() } as const;

describe('spoofing-seen', () => {
  test('names a new forgery with what became of its mail', () => {
    const news = decideSpoofingAlert(spoof({ delivered: 7, junked: 3, quarantined: 1, blocked: 1 }), OPEN);
    expect(news?.keys).toEqual(['203.0.113.9']);
    expect(news?.sources).toMatchObject([{ source: '203.0.113.9', messages: 12, delivered: 7, junked: 3, blocked: 2 }]);
    expect(news?.sources[0]?.reasons).toContain('self-to-self');
  });

  test('junk counts as received, what was wholly kept from people does not', () => {
    expect(decideSpoofingAlert(spoof({ delivered: 0, junked: 12 }), OPEN)).not.toBeNull();
    expect(decideSpoofingAlert(spoof({ delivered: 0, quarantined: 12 }), OPEN)).toBeNull();
  });

  test.each(['enforced', 'unknown'] as const)('a tenant that is %s gets none', (verdict) => {
    expect(decideSpoofingAlert(spoof({ delivered: 12 }), { ...OPEN, verdict })).toBeNull();
  });

  test('a source is told once, and not for mail before the episode', () => {
    expect(decideSpoofingAlert(spoof({ delivered: 12 }), { ...OPEN, told: new Set(['203.0.113.9']) })).toBeNull();
    expect(decideSpoofingAlert(spoof({ delivered: 12 }), { ...OPEN, since: '2026-10-11T00:00:00.000Z' })).toBeNull();
    expect(
      decideSpoofingAlert(spoof({ delivered: 12 }), { ...OPEN, since: '2026-10-09T00:00:00.000Z' }),
    ).not.toBeNull();
  });

  test('never for devices, never for what RejectDirectSend would not stop', () => {
    const device = assess(buildDays(workdays(20)), buildContext({ '203.0.113.9': { signIns: { users: 9, days: 9 } } }));
    expect(device[0]?.assessment).toBe('device-or-app');
    expect(decideSpoofingAlert(device, OPEN)).toBeNull();
    const header = spoof({ delivered: 12 }, { class: 'header-only' });
    expect(header[0]?.assessment).toBe('likely-spoof');
    expect(decideSpoofingAlert(header, OPEN)).toBeNull();
  });
});
