import { payload } from '../../../../shared/core/traffic/rules/payload.ts';
import { buildCase, pointsOf } from '../build-case.ts';
import { buildDay, type DayInput } from '../build-source.ts';

const mail = (counts: object, more: DayInput = {}): DayInput => ({ messages: 10, ...more, payload: counts });

describe('payload', () => {
  test.each([
    ['three codes in ten messages', mail({ carrying: 3, qrCodes: 3 }), { 'qr-codes': 4 }],
    ['two codes in ten', mail({ carrying: 2, qrCodes: 2 }), { 'qr-codes': 1 }],
    ['three risky files in ten', mail({ carrying: 3, riskyAttachments: 3 }), { 'risky-attachments': 2 }],
    ['one risky file in ten', mail({ carrying: 1, riskyAttachments: 1 }), { 'risky-attachments': 1 }],
    ['one risky file in eleven', mail({ carrying: 1, riskyAttachments: 1 }, { messages: 11 }), {}],
    ['links in half of the messages', mail({ carrying: 5, outsideLinks: 5 }), { 'outside-links': 1 }],
    ['links in fewer', mail({ carrying: 4, outsideLinks: 4 }), {}],
    [
      'a luring subject with something to open',
      mail({ carrying: 3, outsideLinks: 3 }, { content: { withLure: 5 } }),
      { 'lure-subject': 1 },
    ],
    [
      'a luring subject with too little to open',
      mail({ carrying: 2, outsideLinks: 2 }, { content: { withLure: 9 } }),
      {},
    ],
    ['luring subjects in fewer messages', mail({ carrying: 3, outsideLinks: 3 }, { content: { withLure: 4 } }), {}],
    [
      'a luring subject to oneself',
      mail({}, { content: { withLure: 5 }, senders: { toSelf: 5 } }),
      { 'lure-subject': 1 },
    ],
    ['nothing', mail({}), {}],
  ] as const)('%s', (_, input, expected) => {
    expect(pointsOf(payload, buildCase(input))).toEqual(expected);
  });

  test.each([
    ['nine in ten without a signature', 9, 5, 1],
    ['eight in ten', 8, 5, undefined],
    ['with less to open', 10, 4, undefined],
  ])('%s', (_, unsigned, carrying, points) => {
    const subject = buildCase(mail({ carrying, outsideLinks: carrying }, { authentication: { unsigned } }));
    expect(pointsOf(payload, subject)['unsigned-payload']).toBe(points);
  });

  test('what has come regularly for weeks may be called what it is called', () => {
    const reminder = mail({ carrying: 9, outsideLinks: 9 }, { content: { withLure: 9 } });
    expect(pointsOf(payload, buildCase(reminder, { standing: { regular: true } }))).toEqual({ 'outside-links': 1 });
  });

  test('links that lead where abuse leads', () => {
    expect(pointsOf(payload, buildCase({}, { linksWithAbuse: true }))).toEqual({ 'shares-links-with-abuse': 3 });
  });

  test('where link domains are unknown, every link counts as one to the outside', () => {
    const unknown = { ...buildDay({ content: { withLinks: 2 } }), payload: null };
    expect(pointsOf(payload, buildCase([unknown]))).toEqual({ 'outside-links': 1 });
  });
});
