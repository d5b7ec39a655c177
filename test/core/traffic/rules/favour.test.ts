import { findAuthorisation } from '../../../../shared/core/traffic/rules/authorisation.ts';
import { forwarding } from '../../../../shared/core/traffic/rules/forwarding.ts';
import { isTainted, standing } from '../../../../shared/core/traffic/rules/standing.ts';
import { buildCase, pointsOf } from '../build-case.ts';
import { buildDays, type DayInput } from '../build-source.ts';

const REGULAR = { standing: { established: 'here' as const, regular: true } };
const PERSON = { people: ['boss@contoso.example'], from: [], senders: { fromPerson: 10 } };
const mail = (input: DayInput = {}): DayInput => ({ messages: 10, ...input });

describe('standing', () => {
  test.each([
    ['regular here', REGULAR, {}, { 'regular-for-weeks': -3 }],
    [
      'regular with neighbours',
      { standing: { established: 'with-neighbours', regular: true } },
      {},
      { 'part-of-a-regular-service': -3 },
    ],
    ['established, but not regular', { standing: { established: 'here' } }, {}, {}],
    ['roaming', { standing: { roaming: true } }, {}, { 'roaming-sender': 0 }],
    ['a relay', { standing: { relays: true } }, {}, { 'relays-for-others': -2 }],
    ['SPF by a shared entry', { sharedSpf: true }, { authentication: { spfPass: 5 } }, { 'spf-shared-entry': -1 }],
    ['SPF by a shared entry for few', { sharedSpf: true }, { authentication: { spfPass: 4 } }, {}],
    [
      'in a colleague’s name, something to open each time',
      REGULAR,
      { ...PERSON, payload: { carrying: 7, outsideLinks: 7 } },
      { 'regular-for-weeks': 0 },
    ],
    [
      'in a colleague’s name, now and then a link',
      REGULAR,
      { ...PERSON, payload: { carrying: 6, outsideLinks: 6 } },
      { 'regular-for-weeks': -3 },
    ],
    [
      'a device with a link each time',
      REGULAR,
      { payload: { carrying: 10, outsideLinks: 10 } },
      { 'regular-for-weeks': -3 },
    ],
  ] as const)('%s', (_, rest, input, expected) => {
    expect(pointsOf(standing, buildCase(mail(input as DayInput), rest))).toEqual(expected);
  });

  test.each([
    ['codes in three of ten', { payload: { carrying: 3, qrCodes: 3 } }, true],
    ['codes in two', { payload: { carrying: 2, qrCodes: 2 } }, false],
    ['risky files in three', { payload: { carrying: 3, riskyAttachments: 3 } }, true],
    ['risky files in two', { payload: { carrying: 2, riskyAttachments: 2 } }, false],
    ['abuse', { verdicts: { content: 2 } }, true],
    [
      'mail to oneself with links',
      { senders: { toSelf: 10 }, payload: { carrying: 3, outsideLinks: 3, toSelf: 3 } },
      true,
    ],
    [
      'mail to oneself with links elsewhere',
      { senders: { toSelf: 5 }, payload: { carrying: 5, outsideLinks: 5 } },
      false,
    ],
  ] as const)('%s: nothing speaks for the source any more: %s', (_, input, expected) => {
    const subject = buildCase(mail(input as DayInput), REGULAR);
    expect(isTainted(subject)).toBe(expected);
    expect(pointsOf(standing, subject)['regular-for-weeks']).toBe(expected ? 0 : -3);
  });
});

describe('forwarding', () => {
  const over = (days: readonly number[], input: DayInput) => buildCase(buildDays(days, input));
  const list = { class: 'header-only' as const, senders: { listShaped: 2 }, authentication: { spfPass: 2 } };

  test.each([
    [
      'three returned messages over three days',
      over([3, 6, 9], { messages: 1, returned: 1 }),
      { 'returned-own-mail': -3 },
    ],
    ['too few returned', over([3, 6, 9], { messages: 4, returned: 1 }), {}],
    [
      'two returned messages over three days',
      buildCase([...buildDays([3, 6], { messages: 2, returned: 1 }), ...buildDays([9], { messages: 2 })]),
      {},
    ],
    ['returned on two days', over([3, 6], { messages: 2, returned: 2 }), { 'some-mail-returned': -1.5 }],
    ['one returned message', over([3], { messages: 2, returned: 1 }), { 'some-mail-returned': -1.5 }],
    ['two returned over three days', over([3, 6], { messages: 1, returned: 1 }), { 'some-mail-returned': -1.5 }],
    ['SRS of own for four days', over([3, 6, 9, 12], { senders: { srsOfOwn: 2 } }), { 'srs-of-own-domain': -3 }],
    ['SRS of own for three days', over([3, 6, 9], { senders: { srsOfOwn: 2 } }), {}],
    ['a bounce address for four days', over([3, 6, 9, 12], list), { 'list-address': -2 }],
    ['a bounce address for three days', over([3, 6, 9], list), {}],
    ['a bounce address that nothing vouches for', over([3, 6, 9, 12], { ...list, authentication: {} }), {}],
    [
      'a bounce address with DKIM',
      over([3, 6, 9, 12], { ...list, authentication: { dkimPass: 2 } }),
      { 'list-address': -2 },
    ],
    ['a bounce address in class direct-send', over([3, 6, 9, 12], { ...list, class: 'direct-send' }), {}],
    [
      'the own signature on three in ten for three days',
      over([3, 6, 9], { messages: 10, authentication: { dkimPass: 3, signed: 3 } }),
      { 'signed-in-part': -3 },
    ],
    [
      'the own signature on two in ten',
      over([3, 6, 9], { messages: 10, authentication: { dkimPass: 2, signed: 2 } }),
      {},
    ],
    ['the own signature on two days', over([3, 6], { messages: 10, authentication: { dkimPass: 9, signed: 9 } }), {}],
  ])('%s', (_, subject, expected) => {
    expect(pointsOf(forwarding, subject)).toEqual(expected);
  });

  test('codes to scan cancel everything', () => {
    const subject = over([3, 6, 9, 12], {
      messages: 2,
      returned: 2,
      senders: { srsOfOwn: 2 },
      payload: { carrying: 2, qrCodes: 2 },
    });
    expect(pointsOf(forwarding, subject)).toEqual({ 'returned-own-mail': 0, 'srs-of-own-domain': 0 });
  });
});

describe('authorisation', () => {
  const passing = { spfPass: 9, spfFail: 1, dmarcPass: 9, dmarcFail: 1 };

  test.each([
    ['signed nine in ten', { authentication: { dkimPass: 9, signed: 9 } }, {}, 0, 'signed-by-own-domain'],
    ['signed eight in ten', { authentication: { dkimPass: 8, signed: 8 } }, {}, 0, null],
    [
      'signed, but tainted',
      { authentication: { dkimPass: 10, signed: 10 }, payload: { carrying: 3, qrCodes: 3 } },
      {},
      0,
      null,
    ],
    ['passing and regular', { authentication: passing }, REGULAR, 2.5, 'passes-for-weeks'],
    ['passing, but not regular', { authentication: passing }, {}, 0, null],
    [
      'passing everything at once',
      { authentication: { ...passing, dkimPass: 9, allPass: 9 } },
      {},
      0,
      'passes-for-weeks',
    ],
    ['passing, but with a score of three', { authentication: passing }, REGULAR, 3, null],
    [
      'passing, with a code or risky file in ten',
      { authentication: passing, payload: { carrying: 1, riskyAttachments: 1 } },
      REGULAR,
      0,
      null,
    ],
    ['passing too seldom', { authentication: { ...passing, spfPass: 8, dmarcPass: 8 } }, REGULAR, 0, null],
    ['passing DMARC only', { authentication: { dmarcPass: 9 } }, REGULAR, 0, 'passes-for-weeks'],
  ] as const)('%s', (_, input, rest, score, expected) => {
    expect(findAuthorisation(buildCase(mail(input as DayInput), rest), score)).toBe(expected);
  });
});
