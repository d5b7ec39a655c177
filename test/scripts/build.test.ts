import { statSync } from 'node:fs';

it('the deployed bundle stays within its budget of 4 MB', () => {
  // A cold start reads it; a dependency that grows shows here first.
  expect(statSync('dist/main.cjs').size).toBeLessThanOrEqual(4_000_000);
});
