import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = '.github/workflows';
const workflows = readdirSync(FOLDER).map((name) => ({ name, text: readFileSync(`${FOLDER}/${name}`, 'utf8') }));
const deploy = workflows.find(({ name }) => name === 'deploy.yml')?.text ?? '';

test.each(workflows)('$name pins every action to a commit and says its version', ({ text }) => {
  const uses = [...text.matchAll(/uses: (.+)$/gm)].map((match) => match[1] ?? '');
  expect(uses.length).toBeGreaterThan(0);
  expect(uses.filter((one) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(one))).toEqual([]);
});

test('one action has one version', () => {
  const pins = workflows.flatMap(({ text }) =>
    [...text.matchAll(/uses: ([\w/-]+)@(\w+)/g)].map(([, name, commit]) => `${name} ${commit}`),
  );
  expect(new Set(pins).size).toBe(new Set(pins.map((pin) => pin.split(' ')[0])).size);
});

test.each(workflows)('$name needs no stored secret', ({ text }) => {
  expect(text).not.toMatch(/secrets\.|AZURE_CREDENTIALS|publish-profile|client-secret/);
});

test.each(workflows)('$name may by default only read, and leaves no token behind', ({ text }) => {
  expect(text).toMatch(/^permissions:\n {2}contents: read\n/m);
  const checkouts = text.split('uses: actions/checkout@').slice(1);
  expect(
    checkouts.filter((one) => !one.split('\n').slice(1, 3).join('').includes('persist-credentials: false')),
  ).toEqual([]);
});

test('only the jobs that sign in may ask for an identity token', () => {
  const jobs = deploy.split(/^ {2}(?=\w+:\n)/m).slice(1);
  for (const job of jobs)
    expect([job.split(':')[0], job.includes('id-token: write')]).toEqual([
      job.split(':')[0],
      job.includes('azure/login@'),
    ]);
});

test('nothing that a person types reaches a shell as code', () => {
  for (const { text } of workflows) {
    const scripts = text
      .split(/\n\s+run: /)
      .slice(1)
      .map((rest) => rest.split(/\n\s+- /)[0] ?? '');
    expect(scripts.filter((script) => script.includes('${{ inputs') || script.includes('${{ github.event'))).toEqual(
      [],
    );
  }
});

test('a deployment is previewed before it waits for approval', () => {
  expect(deploy).toMatch(/preview:\n {4}needs: build[\s\S]+what-if[\s\S]+deploy:\n {4}needs: \[build, preview\]/);
});

test('every customer of the matrix has a parameter file', () => {
  expect(deploy).toContain('infra/params/*.bicepparam');
  expect(readdirSync('infra/params').filter((name) => name.endsWith('.bicepparam')).length).toBeGreaterThanOrEqual(2);
});
