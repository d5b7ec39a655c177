import { createHmac, randomUUID } from 'node:crypto';
import { Agent } from 'undici';
import { runAbreast } from '../shared/jobs/run-abreast.ts';
import { type BenchStage, tenantId } from './bench-stage.ts';

/**
 * What the sweep is measured against: the same two HTTP calls and three storage calls per tenant with nothing around them.
 * Storage is asked as the SDK asks it: a point read, a replacement under the version read, and an upsert.
 */
export async function runBareLoop(stage: BenchStage, account: string, tenants: number, abreast: number): Promise<void> {
  const agent = new Agent({ pipelining: 1 });
  const storage = signedStorage(stage.azurite.connectionString(account));
  const ids = Array.from({ length: tenants }, (_, at) => tenantId(at));
  await runAbreast(ids, { abreast }, async (id) => {
    const token = await signIn(agent, stage, id);
    const setting = await readSetting(agent, stage, id, token);
    const etag = await storage.read(agent, id);
    await storage.replace(agent, id, etag, setting);
    await storage.upsert(agent, id, setting);
  });
  await agent.close();
}

async function signIn(agent: Agent, { simulator, settings }: BenchStage, id: string): Promise<string> {
  const body = new URLSearchParams({
    client_id: simulator.app.clientId,
    client_secret: settings.credential.kind === 'secret' ? settings.credential.clientSecret : '',
    grant_type: 'client_credentials',
    scope: 'https://outlook.office365.com/.default',
  });
  const answer = await agent.request({
    origin: simulator.authorityUrl,
    path: `/${id}/oauth2/v2.0/token`,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: body.toString(),
  });
  return ((await answer.body.json()) as { access_token: string }).access_token;
}

async function readSetting(agent: Agent, { simulator }: BenchStage, id: string, token: string): Promise<unknown> {
  const answer = await agent.request({
    origin: simulator.exchangeUrl,
    path: `/adminapi/beta/${id}/InvokeCommand?$select=RejectDirectSend`,
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json; charset=utf-8',
      'x-anchormailbox': `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${id}`,
      'client-request-id': randomUUID(),
    },
    body: JSON.stringify({ CmdletInput: { CmdletName: 'Get-OrganizationConfig', Parameters: {} } }),
  });
  const { value } = (await answer.body.json()) as { value: { RejectDirectSend: unknown }[] };
  return value[0]?.RejectDirectSend;
}

/** Requests to the table service, signed with the account's key (SharedKeyLite). */
function signedStorage(connectionString: string) {
  const part = (name: string) => new RegExp(`${name}=([^;]+)`).exec(connectionString)?.[1] ?? '';
  const account = part('AccountName');
  const key = Buffer.from(part('AccountKey'), 'base64');
  const endpoint = new URL(part('TableEndpoint'));
  const call = async (
    agent: Agent,
    method: 'GET' | 'PUT',
    path: string,
    headers: Record<string, string>,
    body?: object,
  ) => {
    const date = new Date().toUTCString();
    const signed = `${date}\n/${account}${endpoint.pathname}${path}`;
    const signature = createHmac('sha256', key).update(signed).digest('base64');
    const answer = await agent.request({
      origin: endpoint.origin,
      path: `${endpoint.pathname}${path}`,
      method,
      headers: {
        'x-ms-date': date,
        'x-ms-version': '2019-02-02',
        accept: 'application/json;odata=minimalmetadata',
        'content-type': 'application/json',
        authorization: `SharedKeyLite ${account}:${signature}`,
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    await answer.body.dump();
    if (answer.statusCode >= 300 && answer.statusCode !== 404)
      throw new Error(`storage answered ${answer.statusCode} to ${method} ${path}`);
    return answer.headers.etag;
  };
  const row = (partition: string, key: string, setting: unknown) => {
    return { PartitionKey: partition, RowKey: key, v: 1, data0: JSON.stringify({ setting, padding: 'x'.repeat(900) }) };
  };
  return {
    read: async (agent: Agent, id: string) => {
      return (await call(agent, 'GET', `/ledger(PartitionKey='${id}',RowKey='state')`, {})) as string | undefined;
    },
    replace: (agent: Agent, id: string, etag: string | undefined, setting: unknown) => {
      const match: Record<string, string> = etag === undefined ? {} : { 'if-match': etag };
      return call(agent, 'PUT', `/ledger(PartitionKey='${id}',RowKey='state')`, match, row(id, 'state', setting));
    },
    upsert: (agent: Agent, id: string, setting: unknown) => {
      return call(
        agent,
        'PUT',
        `/fleet(PartitionKey='fleet-${id.slice(-2)}',RowKey='${id}')`,
        {},
        row(`fleet-${id.slice(-2)}`, id, setting),
      );
    },
  };
}
