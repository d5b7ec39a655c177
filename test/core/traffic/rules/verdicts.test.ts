import { hasAbuse, isCondemned, verdicts } from '../../../../shared/core/traffic/rules/verdicts.ts';
import { buildCase, pointsOf } from '../build-case.ts';
import { buildDay, type DayInput } from '../build-source.ts';

const mail = (input: DayInput): DayInput => ({ messages: 10, ...input });

describe('verdicts', () => {
  test.each([
    ['content in a fifth', { verdicts: { content: 2 } }, { 'content-verdict': 6 }],
    ['content in less', { verdicts: { content: 1 } }, { 'content-verdict-in-part': 2 }],
    ['removed in a fifth', { afterDelivery: { condemned: 2 } }, { 'content-verdict': 6, 'removed-after-delivery': 0 }],
    ['removed in less', { afterDelivery: { condemned: 1 } }, { 'removed-after-delivery': 1 }],
    [
      'found and removed together',
      { verdicts: { content: 1 }, afterDelivery: { condemned: 1 } },
      { 'content-verdict': 6, 'removed-after-delivery': 0 },
    ],
    ['doubtful in half', { verdicts: { doubtful: 5 } }, { 'doubtful-verdict': 2 }],
    ['doubtful in a tenth', { verdicts: { doubtful: 1 } }, { 'doubtful-verdict': 1 }],
    ['spoof verdicts in half', { verdicts: { spoofOnly: 5 } }, { 'authentication-verdict': 0.5 }],
    ['spoof verdicts in fewer', { verdicts: { spoofOnly: 4 } }, {}],
    ['a report', { afterDelivery: { reported: 1 } }, { 'reported-by-users': 2 }],
    ['a report of one in eleven', { messages: 11, afterDelivery: { reported: 1 } }, { 'reported-by-users': 1 }],
  ] as const)('%s', (_, input, expected) => {
    expect(pointsOf(verdicts, buildCase(mail(input as DayInput)))).toEqual(expected);
  });

  test.each([
    ['a network', { anchors: ['named-location'] as const }],
    ['weeks of mail', { standing: { established: 'here' as const } }],
  ])('one verdict is not abuse where %s speaks for the source, two are', (_, rest) => {
    const [one, two] = [1, 2].map((content) => buildCase({ messages: 4, verdicts: { content } }, rest));
    expect([hasAbuse(one!), isCondemned(one!), hasAbuse(two!), isCondemned(two!)]).toEqual([false, false, true, true]);
    expect(pointsOf(verdicts, one!)).toEqual({ 'content-verdict-in-part': 1 });
  });

  test("the own domain's signature speaks for a source too", () => {
    const signed = (count: number) =>
      buildCase({ messages: 10, verdicts: { content: 1 }, authentication: { dkimPass: 10, signed: count } });
    expect([hasAbuse(signed(9)), hasAbuse(signed(8))]).toEqual([false, true]);
  });

  test("spoof intelligence's word counts a little from half of the messages on", () => {
    const said = (messages: number) => buildCase([{ ...buildDay({ messages: 4 }), internalSpoof: messages }]);
    expect(pointsOf(verdicts, said(2))).toEqual({ 'internal-spoof': 1 });
    expect(pointsOf(verdicts, said(1))).toEqual({});
  });
});
