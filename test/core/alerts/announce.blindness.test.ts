import { announceBlindness, awaitsBlindnessAlert } from '../../../shared/core/alerts/announce.ts';
import type { AlertPolicy } from '../../../shared/core/setting/policy.ts';
import { newTenantState, type TenantState } from '../../../shared/core/setting/tenant-state.ts';
import { DAY, HOUR, later, SECOND } from '../../../shared/core/time.ts';
import { at, check, hourly, REGISTERED, type Seen } from '../setting/live-through.ts';
import { linesOf, maintenanceFrom, POLICY } from './watch-tenant.ts';

const outage = (hours: number) => Array<Seen>(hours).fill('role-missing');
const NOW = at(6 * HOUR);
const blind = hourly('enforced', ...outage(6));
const told = announceBlindness(blind, POLICY, NOW).state;

/** A tenant that is seen some more times, an hour apart, without a word said about it. */
const goOn = (before: TenantState, ...findings: readonly Seen[]) =>
  findings.reduce((state, seen) => check(state, seen, later(state.newest!.askedAt, HOUR)).state, before);
const kindsSaid = (state: TenantState, policy = POLICY) =>
  announceBlindness(state, policy, at(2 * DAY)).drafts.map(({ facts }) => facts.kind);

describe('a blind tenant', () => {
  test('is said once, with the reason, the last proof and since when', () => {
    const facts = { kind: 'blinded', since: at(0), reason: 'role-missing', detail: 'it was role-missing' };
    expect(announceBlindness(blind, POLICY, NOW)).toEqual({
      drafts: [
        {
          facts: { ...facts, lastVerdict: 'enforced', verifiedAt: at(0) },
          occasion: `1|${at(6 * HOUR + 2 * SECOND)}`,
          channels: ['ops'],
        },
      ],
      notes: [],
      state: { ...blind, blind: { ...blind.blind, announcedAt: NOW, toldChannels: ['ops'] } },
    });
    expect(announceBlindness(told, POLICY, NOW)).toEqual({ state: told, drafts: [], notes: [] });
  });

  test.each<[string, TenantState, string | null]>([
    ['nothing, when nothing ever was', hourly(...outage(7)), null],
    ['permissive', hourly('enforced', 'permissive', ...outage(7)), 'permissive'],
    ['enforced, when a recovery was pending', hourly('permissive', 'enforced', ...outage(7)), 'enforced'],
  ])('was last proven to be %s', (_, state, lastVerdict) => {
    const { drafts } = announceBlindness(state, POLICY, at(DAY));
    expect(drafts[0]?.facts).toMatchObject({ kind: 'blinded', lastVerdict });
  });

  test('is not said of a tenant that is only unreadable for a while, nor of a healthy one', () => {
    expect(kindsSaid(hourly('enforced', 'network'))).toEqual([]);
    expect(kindsSaid(newTenantState(REGISTERED))).toEqual([]);
  });

  test('is not said of a tenant that turned out to be in a cloud without the setting', () => {
    const moved = goOn(blind, 'cloud-not-supported');
    expect([kindsSaid(moved), awaitsBlindnessAlert(moved)]).toEqual([[], false]);
  });
});

describe('a tenant that is seen again', () => {
  const sighted = goOn(told, 'enforced');

  test('is said to those who heard that it was blind, with how long', () => {
    const closedAt = at(7 * HOUR + 2 * SECOND);
    const blindFor = 7 * HOUR + 2 * SECOND;
    const { drafts, state } = announceBlindness(sighted, { ...POLICY, channels: ['other'] }, at(DAY));
    expect(drafts).toEqual([
      {
        facts: { kind: 'sighted', since: at(0), closedAt, blindFor, reason: 'role-missing', verdict: 'enforced' },
        occasion: `1|${closedAt}`,
        channels: ['ops'],
      },
    ]);
    expect(announceBlindness(state, POLICY, at(DAY)).drafts).toEqual([]);
  });

  test.each<[string, Seen[], string]>([
    ['enforced', ['enforced'], 'enforced'],
    ['permissive', ['permissive'], 'permissive'],
    ['enforced, while a recovery is pending', ['permissive', 'enforced'], 'enforced'],
  ])('is %s', (_, findings, verdict) => {
    expect(announceBlindness(goOn(told, ...findings), POLICY, at(DAY)).drafts[0]?.facts).toMatchObject({ verdict });
  });

  test('is permissive even when a clock that was set back made all its moments one', () => {
    const back = check(goOn(told, 'permissive'), 'network', at(-30 * DAY)).state;
    expect(announceBlindness(back, POLICY, at(-30 * DAY)).drafts[0]?.facts).toMatchObject({ verdict: 'permissive' });
  });

  test('was not blind for a negative time when a clock was set back', () => {
    const back = check(told, 'enforced', at(-30 * DAY)).state;
    expect(announceBlindness(back, POLICY, at(-30 * DAY)).drafts[0]?.facts).toMatchObject({ blindFor: 0 });
  });

  test('is not said when nobody heard that it was blind', () => {
    expect(kindsSaid(goOn(blind, 'enforced'))).toEqual([]);
  });
});

describe('what was held back', () => {
  const held: AlertPolicy = { ...POLICY, windows: [maintenanceFrom(0, 3 * DAY)] };

  test('is nothing said and nothing changed during maintenance', () => {
    expect(announceBlindness(blind, held, NOW)).toEqual({ state: blind, drafts: [], notes: [] });
  });

  test.each<[string, Seen[], string[]]>([
    ['seen again', ['enforced'], ['sighted']],
    ['seen again, then blind again', ['enforced', ...outage(6)], ['blinded']],
    ['seen again, then unreadable for a while', ['enforced', ...outage(3)], ['sighted']],
    ['seen, blind and seen again', ['enforced', ...outage(6), 'enforced'], ['sighted']],
  ])('is released as it is in the end: %s', (_, findings, said) => {
    const state = goOn(told, ...findings);
    expect([kindsSaid(state), awaitsBlindnessAlert(state)]).toEqual([said, true]);
  });

  test('is not said twice: whoever hears of the next blindness need not hear of the pause', () => {
    const { state } = announceBlindness(goOn(told, 'enforced', ...outage(6)), POLICY, at(DAY));
    expect(state.closedBlind).toBeNull();
    expect(linesOf(announceBlindness(goOn(state, 'enforced'), POLICY, at(2 * DAY)).drafts)).toEqual(['sighted to ops']);
  });
});

test.each<[string, TenantState, boolean]>([
  ['a healthy tenant', hourly('enforced'), false],
  ['an unreadable one', hourly('enforced', 'network'), false],
  ['a blind one, not said', blind, true],
  ['a blind one, said', told, false],
  ['one seen again, not said', goOn(told, 'enforced'), true],
])('a closing sweep has something to say about blindness: %s', (_, state, awaits) => {
  expect(awaitsBlindnessAlert(state)).toBe(awaits);
});
