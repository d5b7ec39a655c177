import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { runCli } from '../../cli/run-cli.ts';
import { SETTINGS } from '../../shared/adapters/config/settings.ts';
import { poisonOf, QUEUES } from '../../shared/adapters/storage/open-storage.ts';
import { TRAFFIC_GAPS } from '../../shared/core/alerts/traffic-gap.ts';
import { REASONS } from '../../shared/core/setting/reading.ts';
import { type Infra, prepareInfra } from './check/infra.ts';

const DOCUMENTS = [
  'README.md',
  'SECURITY.md',
  ...['docs', 'docs/alerts'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
];
/** Written by `npm run bench`, on the machine that is measured. */
const MEASURED = 'docs/performance.md';

const read = (path: string) => readFileSync(path, 'utf8');
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

/** What stands in code, inline or as a block; an inline one may run over the end of a line. */
const codeIn = (path: string) => {
  const text = read(path);
  const blocks = all(text, /^ *```\w*\n([\s\S]*?)^ *```/gm).flatMap((block) => block.split('\n'));
  const inline = all(text.replace(/^ *```[\s\S]*?^ *```/gm, ''), /`([^`]+)`/g).map((one) => one.replace(/\s+/g, ' '));
  return [...blocks, ...inline];
};
const code = DOCUMENTS.flatMap((path) => codeIn(path).map((text) => ({ path, text })));

let infra: Infra;

beforeAll(async () => {
  infra = (await prepareInfra())();
});

/** The help of a command, by the words of its name; null when there is no such command. */
async function helpOf(words: readonly string[]): Promise<string | null> {
  let help = '';
  const write = (text: string) => {
    help += text;
  };
  const terminal = { out: write, err: write, outIsScreen: false, errIsScreen: false, width: 100 };
  await runCli([...words, '--help'], { env: {}, terminal, now: () => new Date(0), random: () => 0 });
  return help.startsWith(`Usage: dsw ${words.join(' ')} `) ? help : null;
}

test('every dsw command, sub-command and option that a document names exists', async () => {
  const wrong: string[] = [];
  const called = code.flatMap(({ path, text }) =>
    all(text, /(?:^|[\s(])dsw (?:-- )?([a-z][^|·]*)/g).map((rest) => ({ path, rest })),
  );
  expect(called.length).toBeGreaterThan(50);
  for (const { path, rest } of called) {
    const [first = '', second = ''] = rest.split(' ');
    const help = await helpOf([first]);
    const subs = all(help ?? '', /^ {2}([a-z]+)/gm).filter((name) => name !== 'help');
    const isGroup = (help ?? '').includes('[command]');
    const deeper = isGroup && /^[a-z]+$/.test(second) ? await helpOf([first, second]) : help;
    if (help === null || (isGroup && /^[a-z]+$/.test(second) && !subs.includes(second)))
      wrong.push(`${path}: dsw ${rest}`);
    else
      wrong.push(
        ...all(rest, /(--[a-z][\w-]*)/g)
          .filter((option) => deeper?.includes(option) !== true)
          .map((option) => `${path}: dsw ${rest}: ${option}`),
      );
  }
  expect(wrong).toEqual([]);
});

test('every npm script, and what is said to the backup, exists', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const called = code.flatMap(({ text }) => all(text, /npm run (?:--silent )?(\w+)/g));
  expect(called.length).toBeGreaterThan(5);
  expect(called.filter((name) => scripts[name] === undefined)).toEqual([]);
  const script = read('scripts/backup-tables.ts');
  const asked = code.flatMap(({ text }) => all(text, /run --silent backup -- (\w+)/g));
  expect(asked.sort()).toEqual(['restore', 'save']);
  expect(asked.filter((word) => !script.includes(`command !== '${word}'`))).toEqual([]);
});

test('every setting that a document names is read', () => {
  const known = SETTINGS.map(({ name }): string => name);
  const named = DOCUMENTS.flatMap((path) => all(read(path), /\b(DSW_[A-Z_]+[A-Z])\b/g));
  // Names of channels are the reader's own; the two others are for azd only.
  const free = /^DSW_(CHANNEL_\w+|ALERT_EMAIL|CUSTOMER)$/;
  expect([...new Set(named)].filter((name) => !known.includes(name) && !free.test(name))).toEqual([]);
});

test('every environment variable that azd is given is in its parameter file', () => {
  const file = infra.text('main.sub.parameters.json') ?? '';
  const given = all(read('docs/deploy.md'), /azd env set (\w+)/g);
  expect(given.length).toBeGreaterThan(2);
  expect(given.filter((name) => !file.includes(`\${${name}`))).toEqual([]);
});

test('every output that a document names is one', () => {
  const outputs = [...infra.templates.values()].flatMap((one) => one.outputs.map(({ name }) => name));
  const named = DOCUMENTS.flatMap((path) => all(read(path), /\boutputs? `(\w+)`/g));
  expect(named.length).toBeGreaterThan(1);
  expect(named.filter((name) => !outputs.includes(name))).toEqual([]);
  // What stands in capitals in a command is an output, too.
  const capitals = ['IDENTITY_PRINCIPAL_ID', 'STORAGE_ACCOUNT_NAME', 'FUNCTION_APP_NAME', 'VAULT_NAME'];
  const spelt = (name: string) => name.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  expect(capitals.map(spelt).filter((name) => !outputs.includes(name))).toEqual([]);
});

test('every queue, lock, address and function in a command exists', () => {
  const texts = code.map(({ text }) => text);
  const queues = QUEUES.flatMap((name): string[] => [name, poisonOf(name)]);
  expect(texts.flatMap((text) => all(text, /--queue-name ([\w-]+)/g)).filter((name) => !queues.includes(name))).toEqual(
    [],
  );
  const locks = [...infra.templates.values()].flatMap((one) =>
    one.resources.filter(({ type }) => type.endsWith('/locks')).map(({ body }) => JSON.stringify(body)),
  );
  const unlocked = texts.flatMap((text) => all(text, /az lock delete --name ([\w-]+)/g));
  expect(unlocked).toHaveLength(locks.length);
  expect(unlocked.filter((name) => !locks.some((lock) => lock.includes(`"${name}"`)))).toEqual([]);
  const functions = readdirSync('functions')
    .map((name) => read(`functions/${name}`))
    .join('\n');
  const routes = texts.flatMap((text) => all(text, /\/api\/([\w-]+)/g));
  expect(routes.length).toBeGreaterThan(2);
  expect(routes.filter((route) => !functions.includes(`route: '${route}'`))).toEqual([]);
  expect(functions).toContain(`app.timer('${/must list `(\w+)`/.exec(read('docs/deploy.md'))?.[1]}'`);
});

test('every file of this project that a document names exists', () => {
  const named = DOCUMENTS.flatMap((path) =>
    all(read(path), /(?<![\w./-])((?:\.github|bench|cli|docs|functions|infra|scripts|shared|test)\/[\w./-]+\.\w+)/g),
  );
  const ours = [...new Set(named)].filter((path) => !path.includes('CUSTOMER') && path !== MEASURED);
  expect(ours.length).toBeGreaterThan(20);
  expect(ours.filter((path) => !existsSync(path))).toEqual([]);
});

test('troubleshooting explains every reason, of the setting and of traffic', () => {
  const explained = all(read('docs/troubleshooting.md'), /^\| (`[^|]+`) \|/gm).flatMap((cell) =>
    all(cell, /`([\w-]+)`/g),
  );
  expect(explained.sort()).toEqual([...REASONS, ...TRAFFIC_GAPS].sort());
});

test('values of parameters that a document gives are allowed ones', () => {
  const parameters = infra.templates.get('main.bicep')?.parameters ?? [];
  const given = code.flatMap(({ text }) => [...text.matchAll(/\b([a-z]+[A-Z]\w+): ('?[\w-]+'?)/g)]);
  const wrong = given.flatMap(([, name, value]) => {
    const parameter = parameters.find((one) => one.name === name);
    const list = parameter?.decorators.find((one) => one.name === 'allowed')?.args[0];
    if (parameter === undefined || list?.kind !== 'array') return [];
    const allowed = list.items.map((item) =>
      item.kind === 'text' ? `'${item.parts.join('')}'` : item.kind === 'number' ? String(item.value) : '',
    );
    return allowed.includes(value ?? '') ? [] : [`${name}: ${value}`];
  });
  expect(wrong).toEqual([]);
});
