import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';

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

test.each(workflows)('$name has no permission but these two, and none at all by default', ({ text }) => {
  const granted = [...text.matchAll(/^( *)permissions:(.*)\n((?:\1 {2}.+\n)*)/gm)].map(([, depth, inline, list]) => ({
    depth: depth?.length,
    rights: `${inline}${list}`.split('\n').flatMap((line) => line.trim() || []),
  }));
  expect(granted.filter(({ depth }) => depth === 0)).toEqual([{ depth: 0, rights: ['contents: read'] }]);
  for (const { rights } of granted.slice(1)) expect(rights).toEqual(['contents: read', 'id-token: write']);
});

test('a proposal from outside reaches no identity: it starts the checks only, and a deployment is started by a person', () => {
  const triggers = (name: string) => {
    const text = workflows.find((one) => one.name === name)?.text ?? '';
    return (/^on:\n((?: {2}.*\n)+)/m.exec(text)?.[1] ?? '').match(/^ {2}\w+/gm)?.map((one) => one.trim());
  };
  expect(triggers('ci.yml')).toEqual(['push', 'pull_request']);
  expect(triggers('deploy.yml')).toEqual(['workflow_dispatch']);
});

test.each(workflows)('$name puts no expression into a script, where it would be code', ({ text }) => {
  const scripts = text
    .split(/\n\s+(?:- )?run: /)
    .slice(1)
    .map((rest) => rest.split(/\n\s+- /)[0] ?? '');
  expect(scripts.length).toBeGreaterThan(0);
  expect(scripts.filter((script) => (script.split(/\n {0,4}\w/)[0] ?? '').includes('${{'))).toEqual([]);
});

test.each(workflows)('$name runs on a fixed image and ends in time', ({ text }) => {
  const jobs = text
    .slice(text.indexOf('\njobs:'))
    .split(/^ {2}(?=[\w-]+:\n)/m)
    .slice(1);
  for (const job of jobs) expect(job).toMatch(/^ {4}runs-on: ubuntu-24\.04\n {4}timeout-minutes: \d+\n/m);
});

test('two deployments never overlap, none is cut off, and each waits for its own environment', () => {
  expect(deploy).toMatch(/^concurrency:\n {2}group: deploy\n {2}cancel-in-progress: false\n/m);
  expect(deploy.match(/^ {4}environment: .+$/gm)?.map((line) => line.trim())).toEqual([
    expect.stringMatching(/^environment: \$\{\{ matrix\.customer \}\}-preview$/),
    expect.stringMatching(/^environment: \$\{\{ matrix\.customer \}\}$/),
  ]);
});

test('what is deployed is what was tested and packed', () => {
  const packed = [...readFileSync('scripts/package-app.ts', 'utf8').matchAll(/'(dist\/[\w.-]+\.(?:zip|json))'/g)].map(
    (match) => match[1],
  );
  expect(packed).toHaveLength(2);
  for (const { text } of workflows) {
    expect(/- run: \.ci\/run\n {6}- run: npm run build && npm run package\n/.test(text)).toBe(true);
    expect(
      /path: \|\n((?: {12}.+\n)+)/
        .exec(text)?.[1]
        ?.split('\n')
        .flatMap((line) => line.trim() || []),
    ).toEqual(packed);
  }
  expect([...deploy.matchAll(/--src (\S+)/g)].map((match) => match[1])).toEqual([packed[0]?.replace('dist/', '')]);
});

test('every file that a workflow names exists, and every output', () => {
  const named = workflows.flatMap(({ text }) => text.match(/\binfra\/[\w./-]+\.(?:bicep|sh|json)\b/g) ?? []);
  expect(named.length).toBeGreaterThan(2);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
  const outputs = [...readFileSync('infra/main.bicep', 'utf8').matchAll(/^output (\w+)/gm)].map((match) => match[1]);
  const used = [...deploy.matchAll(/properties\.outputs\.(\w+)\./g)].map((match) => match[1]);
  expect(used).toEqual(['functionAppName']);
  expect(outputs).toEqual(expect.arrayContaining(used));
});

test('azd finds template, package and outputs', () => {
  const azure = readFileSync('azure.yaml', 'utf8');
  expect(existsSync(`infra/${/module: (\S+)/.exec(azure)?.[1]}.bicep`)).toBe(true);
  expect(azure).toContain(`project: ${/FOLDER = '(.+)'/.exec(readFileSync('scripts/package-app.ts', 'utf8'))?.[1]}\n`);
  const outputs = readFileSync('infra/main.sub.bicep', 'utf8').match(/(?<=^output )[A-Z_]+/gm);
  expect(outputs).toEqual(expect.arrayContaining([...(/\$([A-Z_]+)/g.exec(azure)?.slice(1) ?? ['none'])]));
  // The tag by which azd finds the app is checked with the templates.
  expect(azure).toMatch(/^services:\n {2}app:\n/m);
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const run = [...azure.matchAll(/npm run (\w+)/g)].map((match) => match[1] ?? '');
  expect(run.filter((name) => scripts[name] === undefined)).toEqual([]);
  expect(statSync('infra/set-secrets.sh').mode & 0o100).toBe(0o100);
});

test('a deployment is previewed before it waits for approval', () => {
  expect(deploy).toMatch(/preview:\n {4}needs: build[\s\S]+what-if[\s\S]+deploy:\n {4}needs: \[build, preview\]/);
});

test('every customer of the matrix has a parameter file', () => {
  expect(deploy).toContain('infra/params/*.bicepparam');
  expect(readdirSync('infra/params').filter((name) => name.endsWith('.bicepparam')).length).toBeGreaterThanOrEqual(2);
});
