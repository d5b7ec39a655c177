import { parseHuntingDays } from '../../../shared/core/traffic/parse-hunting-days.ts';
import { parseNeighbours, parseSignIns } from '../../../shared/core/traffic/parse-neighbours.ts';

const ROW = {
  Day: '2026-10-05T00:00:00Z',
  Class: 'direct-send',
  Source: '203.0.113.9',
  Messages: 7,
  FirstSeen: '2026-10-05T06:30:00Z',
  LastSeen: '2026-10-05T15:00:00.1234567Z',
  Hours: [15, 6],
  Delivered: 4,
  Junked: 2,
  Quarantined: 0,
  Hard: 1,
  Senders: ['scan@contoso.example'],
  EnvelopeDomains: ['contoso.example'],
  RecipientPrints: ['bbbbbbbb', 'aaaaaaaa'],
};
const only = (traffic: object[], rest = {}) =>
  parseHuntingDays({ traffic: traffic as never, payload: null, afterDelivery: null, returned: null, ...rest }, true);

describe('answers of the hunting queries', () => {
  test('a row becomes a day; what was not asked is unknown', () => {
    const [day] = only([ROW]);
    expect(day).toMatchObject({
      day: '2026-10-05',
      source: '203.0.113.9',
      messages: 7,
      lastSeen: '2026-10-05T15:00:00.123Z',
      hours: [6, 15],
      delivery: { delivered: 4, junked: 2, quarantined: 0, blocked: 1 },
      verdicts: { content: 1 },
      recipientPrints: ['aaaaaaaa', 'bbbbbbbb'],
      payload: null,
      returned: null,
    });
  });

  test('a joined query that knows nothing of a source means none, not unknown', () => {
    const [day] = only([ROW], { payload: [], returned: [{ ...ROW, Returned: 3 }] });
    expect(day?.payload).toMatchObject({ qrCodes: 0, carrying: 0 });
    expect(day?.returned).toBe(3);
  });

  test('numbers written as text, and lists written as JSON, are read', () => {
    expect(only([{ ...ROW, Messages: '7', Hours: '[15,6]' }])).toEqual(only([ROW]));
  });

  test('addresses of one /64 are one source', () => {
    const [day, ...others] = only([
      { ...ROW, Source: '2001:db8:1:2::1' },
      { ...ROW, Source: '2001:DB8:1:2::2' },
    ]);
    expect(others).toEqual([]);
    expect(day).toMatchObject({
      source: '2001:db8:1:2::/64',
      messages: 14,
      addresses: ['2001:db8:1:2::1', '2001:db8:1:2::2'],
    });
  });

  test('mail without a visible address is kept under a name of its own', () => {
    expect(only([{ ...ROW, Source: '' }])[0]?.source).toBe('no-address');
    expect(only([{ ...ROW, Source: 'garbage | take 1' }])[0]?.source).toBe('no-address');
  });

  test('without samples no address of a person is kept', () => {
    const [day] = parseHuntingDays(
      {
        traffic: [{ ...ROW, Envelopes: ['boss@contoso.example'] }],
        payload: null,
        afterDelivery: null,
        returned: null,
      },
      false,
    );
    expect(day?.senders).toMatchObject({ samples: [], envelopes: [], envelopeDomains: ['contoso.example'] });
    expect(JSON.stringify(day)).not.toContain('@');
  });

  test.each([
    ['no day', { ...ROW, Day: 'yesterday' }],
    ['an unknown class', { ...ROW, Class: 'other' }],
    ['no messages', { ...ROW, Messages: 0 }],
    ['a negative count', { ...ROW, Messages: -3 }],
    ['nothing', {}],
  ])('a row with %s is skipped', (_, row) => {
    expect(only([row])).toEqual([]);
  });

  test('counts that exceed the messages are cut, texts that are enormous too', () => {
    const [day] = only([{ ...ROW, Hard: 900, Senders: [`${'x'.repeat(5000)}@contoso.example`] }]);
    expect(day?.verdicts?.content).toBe(7);
    expect(day?.senders.samples[0]).toHaveLength(320);
  });

  test('neighbours and sign-ins are joined by /64', () => {
    const rows = [
      { Source: '2001:db8:1:2::1', Messages: 3, Domains: 2, Days: 1, Users: 2 },
      { Source: '2001:db8:1:2::2', Messages: 4, Domains: 1, Days: 2, Users: 1 },
      { Source: 'nonsense', Messages: 9 },
    ];
    expect([...parseNeighbours(rows)]).toEqual([['2001:db8:1:2::/64', { messages: 7, domains: 2, days: 2 }]]);
    expect([...parseSignIns(rows)]).toEqual([['2001:db8:1:2::/64', { users: 2, days: 2 }]]);
  });
});
