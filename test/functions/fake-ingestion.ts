import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { makeCertificate } from '../../simulator/tls/make-certificate.ts';

/** A record of telemetry as Azure Monitor takes it. */
export interface Envelope {
  /** `Microsoft.ApplicationInsights.Metric` and the like. */
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly data: { readonly baseType: string; readonly baseData: EnvelopeData };
}

export interface EnvelopeData {
  /** Of spans. */
  readonly name?: string;
  readonly type?: string;
  readonly message?: string;
  readonly properties?: Readonly<Record<string, string>>;
  readonly metrics?: readonly { readonly name: string; readonly value: number; readonly count?: number }[];
}

/** A receiver of telemetry on this machine, in place of Azure Monitor's. */
export interface FakeIngestion {
  readonly connectionString: string;
  readonly envelopes: readonly Envelope[];
  /** Every body as it came, uncompressed. */
  readonly bodies: readonly string[];
  close(): Promise<void>;
}

/** Starts a receiver that accepts everything; whoever trusts the simulator trusts it. */
export async function startIngestion(): Promise<FakeIngestion> {
  const envelopes: Envelope[] = [];
  const bodies: string[] = [];
  const { certificate: cert, key: privateKey } = await makeCertificate();
  const server = createServer({ cert, key: privateKey }, async (request, response) => {
    const text = await readBody(request);
    bodies.push(`${request.url} ${text}`);
    const found = request.url?.endsWith('/track') ? readEnvelopes(text) : [];
    envelopes.push(...found);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ itemsReceived: found.length, itemsAccepted: found.length, errors: [] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const key = '00000000-0000-4000-8000-0000000000ff';
  return {
    connectionString: `InstrumentationKey=${key};IngestionEndpoint=${endpoint};LiveEndpoint=${endpoint}`,
    envelopes,
    bodies,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  return (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('utf8');
}

/** One JSON array, or an object a line. */
function readEnvelopes(text: string): Envelope[] {
  if (text.trim() === '') return [];
  const parsed: unknown = text.trimStart().startsWith('[')
    ? JSON.parse(text)
    : text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
  return parsed as Envelope[];
}
