import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runCli } from '../../cli/run-cli.ts';
import type { Surface } from '../../cli/surface.ts';

/** Runs a command line that reaches neither storage nor Microsoft. */
async function run(args: readonly string[], env: Surface['env'] = {}) {
  let [out, err] = ['', ''];
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    outIsScreen: false,
    errIsScreen: false,
    width: 100,
  };
  const code = await runCli(args, { env, terminal, now: () => new Date(0), random: () => 0 });
  return { code, out, err };
}

test('--help lists every command of the public interface, on stdout, with exit 0', async () => {
  const { code, out, err } = await run(['--help']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const commands = 'demo check status history tenants alerts exceptions maintenance report doctor onboard rebuild';
  for (const command of commands.split(' ')) expect(out).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
});

test.each([
  ['check'],
  ['status'],
  ['history'],
  ['tenants validate'],
  ['tenants import'],
  ['alerts ack'],
  ['alerts test'],
  ['exceptions add'],
  ['maintenance add'],
  ['doctor'],
  ['onboard'],
])('%s --help shows an example of itself', async (command) => {
  const { code, out } = await run([...command.split(' '), '--help']);
  expect(code).toBe(0);
  expect(out).toMatch(new RegExp(`Examples?:\\n(.*\\n)*? {2}dsw ${command} ?`));
});

test('the exit codes of check are in its help', async () => {
  const { out } = await run(['check', '--help']);
  expect(out).toContain('0 all enforced or excepted, 1 at least one permissive, 2 none permissive but one unknown, 3');
});

test.each([
  ['an unknown command', ['chekc'], "error: unknown command 'chekc'"],
  ['an unknown sub-command', ['tenants', 'delete'], "error: unknown command 'delete'"],
  ['an unknown option', ['check', '--jsno'], "error: unknown option '--jsno'"],
  ['a missing argument', ['history'], "error: missing required argument 'tenant'"],
  ['a missing value', ['check', '--tenants'], "error: option '--tenants <file>' argument missing"],
  ['an argument too many', ['status', 'now'], 'error: too many arguments'],
])('%s: exit 3, said on stderr, with the way to the help', async (_, args, expected) => {
  const { code, out, err } = await run(args);
  expect({ code, out }).toEqual({ code: 3, out: '' });
  expect(err).toContain(expected);
  expect(err).toContain('(see dsw --help)');
});

test('no command at all: the help, and exit 3', async () => {
  const { code, out, err } = await run([]);
  expect({ code, out }).toEqual({ code: 3, out: '' });
  expect(err).toContain('Usage: dsw');
});

describe('storage that cannot be used: exit 3, with the setting and what to do, without the key', () => {
  const key = Buffer.from('a key that nobody may see').toString('base64');
  const account = process.env.TEST_STORAGE?.replaceAll('{account}', 't0000') ?? '';
  const CASES = [
    [
      'half a connection string',
      `AccountName=x;AccountKey=${key}`,
      /^dsw: AzureWebJobsStorage is not .+ Copy it again/,
    ],
    [
      'a wrong key',
      account.replace(/AccountKey=[^;]+/, `AccountKey=${key}`),
      /^dsw: AzureWebJobsStorage: .+ key .+ right\?/,
    ],
  ] as const;

  test.each(CASES)('%s', async (_, AzureWebJobsStorage, expected) => {
    const { code, out, err } = await run(['status'], { AzureWebJobsStorage });
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(expected);
    expect(err).not.toContain(key);
  });

  test('an emulator that refuses our version of the protocol: its own words say which option it needs', async () => {
    const message = 'The API version is not supported. "--skipApiVersionCheck" can skip this error.';
    const refusing = createServer((_, response) => {
      response.writeHead(400, { 'content-type': 'application/json', 'x-ms-error-code': 'InvalidHeaderValue' });
      response.end(
        JSON.stringify({ 'odata.error': { code: 'InvalidHeaderValue', message: { value: message } }, message }),
      );
    });
    await once(refusing.listen(0, '127.0.0.1'), 'listening');
    const origin = `http://127.0.0.1:${(refusing.address() as AddressInfo).port}/refusing`;
    const AzureWebJobsStorage = account.replace(/(?<=Endpoint=)[^;]+/g, origin);
    const { code, err } = await run(['status'], { AzureWebJobsStorage });
    refusing.close();
    expect(code).toBe(3);
    expect(err).toContain('status 400');
    expect(err).toContain('--skipApiVersionCheck');
  });
});
