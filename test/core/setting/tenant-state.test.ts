import { newTenantState } from '../../../shared/core/setting/tenant-state.ts';

test('of a tenant that was never read nothing is believed', () => {
  const { phase, registeredAt, episodes, blindEpisodes, ...rest } = newTenantState('2026-11-02T09:00:00.000Z');
  expect([phase, registeredAt, episodes, blindEpisodes]).toEqual(['never-verified', '2026-11-02T09:00:00.000Z', 0, 0]);
  expect(new Set(Object.values(rest))).toEqual(new Set([null]));
});
