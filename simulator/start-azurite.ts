import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A running storage emulator: real protocol, in memory, on free local ports. */
export interface Azurite {
  readonly connectionString: string;
  stop(): Promise<void>;
}

const ACCOUNT = 'devstoreaccount1';
/** The emulator's published account key; it protects nothing. */
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
const READY = /Azurite (Blob|Queue|Table) service is successfully listening at (http:\S+)/g;

/** Starts Azurite as a child process and resolves once blobs, queues and tables answer. */
export async function startAzurite(from: string = process.cwd()): Promise<Azurite> {
  const packageFile = createRequire(join(from, 'package.json')).resolve('azurite/package.json');
  const main = join(dirname(packageFile), 'dist/src/azurite.js');
  const options = ['--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry'];
  const ports = ['--blobPort', '0', '--queuePort', '0', '--tablePort', '0'];
  const child = spawn(process.execPath, [main, ...options, ...ports], { stdio: ['ignore', 'pipe', 'pipe'] });
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

  const endpoint = (service: string) => `${service}Endpoint=${endpoints.get(service)}/${ACCOUNT}`;
  const connectionString = [
    'DefaultEndpointsProtocol=http',
    `AccountName=${ACCOUNT}`,
    `AccountKey=${KEY}`,
    ...['Blob', 'Queue', 'Table'].map(endpoint),
  ].join(';');
  return {
    connectionString: `${connectionString};`,
    async stop() {
      process.off('exit', stopOnExit);
      child.kill('SIGKILL');
      await exited;
    },
  };
}
