import { Agent, request } from 'undici';
import type { Simulator } from '../../simulator/simulator.ts';

/** What a client heard: an answer, or the code of the error that it got in place of one. */
export interface Heard {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The error code of undici or of Node; null when the answer came whole. */
  readonly failure: string | null;
  /** The body as JSON. */
  json<T = Readonly<Record<string, unknown>>>(): T;
}

export interface CallOptions {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** A client that trusts the simulator. */
export interface Caller {
  call(url: string, options?: CallOptions): Promise<Heard>;
  /** An app-only token of a tenant, by client secret. */
  token(tenantId: string, resource?: string): Promise<string>;
  /** Runs a cmdlet by InvokeCommand as a correct client does. */
  invoke(tenantId: string, cmdlet: string, parameters?: object, query?: string): Promise<Heard>;
  /** Calls Graph with a token of the tenant; a `body` makes it a POST of JSON. */
  graph(tenantId: string, path: string, body?: object): Promise<Heard>;
  close(): Promise<void>;
}

export const EXCHANGE = 'https://outlook.office365.com';
export const GRAPH = 'https://graph.microsoft.com';
export const TENANT = '3d1c0000-0000-4000-8000-000000000001';
export const OTHER_TENANT = '3d1c0000-0000-4000-8000-000000000002';

/** The anchor mailbox that app-only requests name. */
export function anchorOf(tenantId: string): string {
  return `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${tenantId}`;
}

/** For a client that shall find out that nothing comes; under load it might give up on a good answer too. */
export const IMPATIENT: Agent.Options = { headersTimeout: 150, bodyTimeout: 150 };

/** A client with the given options; it fetches its tokens patiently whatever they are, and reads at most 5 MB. */
export function createCaller(simulator: Simulator, options: Agent.Options = {}): Caller {
  const connect = { ca: simulator.certificateAuthority };
  const patient = new Agent({ connect });
  const agent = new Agent({ connect, maxResponseSize: 5_000_000, ...options });
  const caller: Caller = {
    call: (url, given) => send(agent, url, given),
    async token(tenantId, resource = EXCHANGE) {
      const { app, authorityUrl } = simulator;
      const fields = {
        grant_type: 'client_credentials',
        client_id: app.clientId,
        client_secret: app.secrets[0] ?? '',
        scope: `${resource}/.default`,
      };
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const body = new URLSearchParams(fields).toString();
      const url = `${authorityUrl}/${tenantId}/oauth2/v2.0/token`;
      const heard = await send(patient, url, { method: 'POST', headers, body });
      if (heard.status !== 200) throw new Error(`no token: ${heard.status} ${heard.text}`);
      return heard.json<{ access_token: string }>().access_token;
    },
    async invoke(tenantId, cmdlet, parameters = {}, query = '') {
      const headers = {
        authorization: `Bearer ${await caller.token(tenantId)}`,
        'content-type': 'application/json; charset=utf-8',
        'x-anchormailbox': anchorOf(tenantId),
      };
      const body = JSON.stringify({ CmdletInput: { CmdletName: cmdlet, Parameters: parameters } });
      const url = `${simulator.exchangeUrl}/adminapi/beta/${tenantId}/InvokeCommand${query}`;
      return caller.call(url, { method: 'POST', headers, body });
    },
    async graph(tenantId, path, body) {
      const authorization = `Bearer ${await caller.token(tenantId, GRAPH)}`;
      const url = path.startsWith('https:') ? path : `${simulator.graphUrl}${path}`;
      if (body === undefined) return caller.call(url, { headers: { authorization } });
      const headers = { authorization, 'content-type': 'application/json' };
      return caller.call(url, { method: 'POST', headers, body: JSON.stringify(body) });
    },
    async close() {
      await Promise.all([agent.destroy(), patient.destroy()]);
    },
  };
  return caller;
}

async function send(dispatcher: Agent, url: string, { method = 'GET', headers = {}, body }: CallOptions = {}) {
  let status = 0;
  let answered: Heard['headers'] = {};
  try {
    const answer = await request(url, { method, headers, body: body ?? null, dispatcher });
    status = answer.statusCode;
    answered = answer.headers;
    return hear(status, answered, Buffer.from(await answer.body.arrayBuffer()).toString(), null);
  } catch (error) {
    return hear(status, answered, '', (error as { code?: string }).code ?? String(error));
  }
}

function hear(status: number, headers: Heard['headers'], text: string, failure: string | null): Heard {
  return { status, headers, text, failure, json: () => JSON.parse(text) };
}
