import { LARGEST_FILE } from '../../../shared/core/registry/parse-tenants-file.ts';
import { accepted, FULL, problemsOf } from './sample-file.ts';

/** A file that is right, padded to a size in bytes. */
const ofSize = (bytes: number) => {
  const text = JSON.stringify({ tenants: [], $schema: '' });
  return text.replace('""', `"${'x'.repeat(bytes - Buffer.byteLength(text))}"`);
};
const MEGABYTE = 1024 * 1024;

test('a file of sixteen megabytes is read, and not a byte more', () => {
  expect(LARGEST_FILE).toBe(16 * MEGABYTE);
  expect(accepted(ofSize(LARGEST_FILE)).file.tenants).toEqual([]);
  expect(problemsOf(ofSize(LARGEST_FILE + 1))).toEqual([': is 16.0 MB; the largest tenants file is 16 MB']);
});

test('a larger file is refused with its size', () => {
  expect(problemsOf(ofSize(17 * MEGABYTE))).toEqual([': is 17 MB; the largest tenants file is 16 MB']);
  expect(problemsOf('x'.repeat(20.25 * MEGABYTE))).toEqual([': is 20.3 MB; the largest tenants file is 16 MB']);
});

test('bytes count, not characters', () => {
  expect(problemsOf('ä'.repeat(LARGEST_FILE / 2 + 1))[0]).toMatch('the largest tenants file is 16 MB');
});

test('five thousand tenants are accepted, and one wrong among them is found', () => {
  const id = (at: number) => `3d1c5a8e-6f0b-4b7a-9c2d-${String(at).padStart(12, '0')}`;
  const tenants = Array.from({ length: 5000 }, (_, at) => ({ id: id(at), name: `Tenant ${at}`, channels: ['ops'] }));
  expect(accepted({ ...FULL, tenants }).file.tenants).toHaveLength(5000);
  expect(problemsOf({ ...FULL, tenants: tenants.with(4999, { ...tenants[4999]!, id: id(17) }) })).toEqual([
    'tenants[4999].id: is the same as tenants[17].id',
  ]);
  expect(problemsOf({ ...FULL, tenants: tenants.map((tenant) => ({ ...tenant, colour: 1 })) })).toHaveLength(5000);
});

test('a byte order mark is refused with what to do', () => {
  expect(problemsOf(`\uFEFF${JSON.stringify(FULL)}`)).toEqual([
    ': begins with a byte order mark; save it as UTF-8 without BOM',
  ]);
});

test('a file that is nested without end is refused, and does not end the program', () => {
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  const problems = problemsOf(`{"tenants":[],"x":${deep}}`);
  expect(problems[0]).toBe(`x${'[0]'.repeat(32)}: is nested deeper than a tenants file ever is`);
  expect(problems[1]).toBe('x: is not a known key');
});
