import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A running storage emulator: real protocol, in memory, on free local ports. */
export interface Azurite {
  /** For one of the accounts; the first one when none is named. */
  connectionString(account?: string): string;
  stop(): Promise<void>;
}

const ACCOUNT = 'devstoreaccount1';
/** Protects nothing; short, because hundreds of accounts must fit into one environment variable. */
const KEY = 'ZW11bGF0b3I=';
const READY = /Azurite (Blob|Queue|Table) service is successfully listening at (http:\S+)/g;

/** Starts Azurite as a child process and resolves once blobs, queues and tables answer. */
export async function startAzurite(
  accounts: readonly string[] = [ACCOUNT],
  from: string = process.cwd(),
): Promise<Azurite> {
  const packageFile = createRequire(join(from, 'package.json')).resolve('azurite/package.json');
  const main = join(dirname(packageFile), 'dist/src/azurite.js');
  const options = ['--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry'];
  const ports = ['--blobPort', '0', '--queuePort', '0', '--tablePort', '0'];
  const env = { ...process.env, AZURITE_ACCOUNTS: accounts.map((account) => `${account}:${KEY}`).join(';') };
  const child = spawn(process.execPath, [main, ...options, ...ports], { stdio: ['ignore', 'pipe', 'pipe'], env });
  const stopOnExit = () => child.kill('SIGKILL');
  process.once('exit', stopOnExit);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));

  const endpoints = new Map<string, string>();
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Azurite ended with code ${code} before it was ready:\n${output}`)));
    child.stderr.on('data', (text) => {
      output += text;
    });
    child.stdout.on('data', (text) => {
      output += text;
      for (const [, service, url] of output.matchAll(READY)) if (service && url) endpoints.set(service, url);
      if (endpoints.size === 3) resolve();
    });
  });
  // It prints a line for each request; they are let through unread.
  for (const stream of [child.stdout, child.stderr]) stream.removeAllListeners('data').resume();

  const describe = (account: string) =>
    [
      'DefaultEndpointsProtocol=http',
      `AccountName=${account}`,
      `AccountKey=${KEY}`,
      // An endpoint that was printed ends without the account.
      ...['Blob', 'Queue', 'Table'].map((service) => `${service}Endpoint=${endpoints.get(service)}/${account}`),
      '',
    ].join(';');
  return {
    connectionString: (account = accounts[0] ?? ACCOUNT) => describe(account),
    async stop() {
      process.off('exit', stopOnExit);
      child.kill('SIGKILL');
      await exited;
    },
  };
}
