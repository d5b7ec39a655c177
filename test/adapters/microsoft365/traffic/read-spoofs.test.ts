import { json } from '../../../../simulator/wire/reply.ts';
import { OWN, openTraffic, type Traffic } from './open-traffic.ts';

let traffic: Traffic;

beforeAll(async () => {
  traffic = await openTraffic();
});
afterAll(() => traffic.close());
beforeEach(() => {
  traffic.renew();
});

describe('spoof reports', () => {
  const row = {
    Date: '2026-11-18T00:00:00',
    Direction: 'Inbound',
    Action: 'GoodMail',
    SpoofedUser: `amy@${OWN}`,
    SenderIP: '198.51.100.7',
    Count: 3,
    SpoofType: 'Internal',
    SPF: 'fail',
    DKIM: 'none',
    DMARC: 'fail',
  };
  const read = async (report: object) => {
    traffic.tenant.behave('exchange/Get-SpoofMailReport', json(200, { value: [report] }));
    traffic.tenant.messageTrace = [];
    return (await traffic.read({}, { tryHunting: false })).days;
  };

  test.each([
    ['a date as milliseconds', { Date: `/Date(${Date.UTC(2026, 10, 18)})/` }],
    ['a date as milliseconds with a zone', { Date: `/Date(${Date.UTC(2026, 10, 18)}+0000)/` }],
    ['an American date', { Date: '11/18/2026 12:00:00 AM' }],
    ['a day', { Date: '2026-11-18' }],
    ['a count as text', { Count: '3' }],
    ['no direction and no type', { Direction: undefined, SpoofType: undefined }],
  ])('%s', async (_, change) => {
    const usual = await read(row);
    expect(usual).toMatchObject([{ day: '2026-11-18', source: '198.51.100.7', messages: 3, internalSpoof: 3 }]);
    expect(await read({ ...row, ...change })).toEqual(usual);
  });

  test('columns with spaces, in any case', async () => {
    const { SpoofedUser, SenderIP, SpoofType, ...rest } = row;
    const spaced = { ...rest, 'Spoofed User': SpoofedUser, 'Sender Ip': SenderIP, 'spoof type': SpoofType };
    expect(await read(spaced)).toEqual(await read(row));
  });

  test.each([
    ['of another tenant’s domain', { SpoofedUser: 'a@other.example', SpoofType: 'External' }],
    ['of unknown date', { Date: 'yesterday' }],
    ['without a sender', { SpoofedUser: '' }],
  ])('a row %s is no traffic', async (_, change) => {
    expect(await read({ ...row, ...change })).toEqual([]);
  });
});
