import { randomBytes, randomUUID } from 'node:crypto';
import type * as Core from './functions-core.ts';

/** One invocation, as a test sees it. */
export interface Invocation {
  readonly logs: readonly string[];
  readonly http: { readonly status: number; readonly headers: Record<string, string>; readonly text: string } | null;
  /** The trace that the host opened for the invocation. */
  readonly traceId: string;
}

/** The app as the host sees it after loading the bundle. */
export interface FunctionsHost {
  readonly functions: ReadonlyMap<string, Core.FunctionMetadata>;
  readonly capabilities: Record<string, string>;
  timer(name: string, due: Date): Promise<Invocation>;
  queue(name: string, text: string, dequeueCount: number): Promise<Invocation>;
  http(
    name: string,
    request: { method: string; url: string; headers?: Record<string, string>; body?: string },
  ): Promise<Invocation>;
  stop(): Promise<void>;
}

/** Raised when a handler failed: what the host would count as a failed invocation. */
export class InvocationError extends Error {
  override readonly name = 'InvocationError';
  readonly logs: readonly string[];
  constructor(cause: unknown, logs: readonly string[]) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.logs = logs;
  }
}

/** Drives functions that were registered with `core` through the real @azure/functions library, as the host does over gRPC. */
export async function openFunctionsHost(core: typeof Core): Promise<FunctionsHost> {
  const model = core.getProgrammingModel();
  const capabilities = await model.getCapabilities({});
  const runHooks = async (name: string, context: Record<string, unknown>) => {
    for (const hook of core.hooks.get(name) ?? []) await hook(context);
  };
  const shared = { hookData: {}, appHookData: {} };
  await runHooks('appStart', { ...shared });

  async function invoke(name: string, data: unknown, triggerMetadata: Record<string, unknown>): Promise<Invocation> {
    const found = core.functions.get(name);
    if (found === undefined)
      throw new Error(`no function "${name}"; there are ${[...core.functions.keys()].join(', ')}`);
    const trigger = Object.entries(found.metadata.bindings).find(([, binding]) => binding.direction === 'in')?.[0];
    const logs: string[] = [];
    const traceId = randomBytes(16).toString('hex');
    const traceContext = { traceParent: `00-${traceId}-${randomBytes(8).toString('hex')}-01`, traceState: '' };
    const coreContext = {
      invocationId: randomUUID(),
      metadata: found.metadata,
      log: (level: string, _category: string, message: string) => void logs.push(`${level} ${message}`),
      request: { inputData: [{ name: trigger, data }], triggerMetadata, traceContext },
    };
    const invocation = model.getInvocationModel(coreContext);
    const { context, inputs } = await invocation.getArguments();
    const before = { ...shared, hookData: {}, invocationContext: context, inputs, functionCallback: found.callback };
    await runHooks('preInvocation', before);
    let result: unknown;
    let error: unknown;
    try {
      result = await invocation.invokeFunction(context, before.inputs, before.functionCallback);
    } catch (thrown) {
      error = thrown;
    }
    const after = { ...before, result, error };
    await runHooks('postInvocation', after);
    if (after.error !== undefined) throw new InvocationError(after.error, logs);
    const { returnValue } = await invocation.getResponse(context, after.result);
    return { logs, traceId, http: readHttp(returnValue) };
  }

  return {
    functions: new Map([...core.functions].map(([name, { metadata }]) => [name, metadata])),
    capabilities,
    timer: (name, due) => {
      const schedule = {
        Schedule: { AdjustForDST: true },
        ScheduleStatus: { Last: due, Next: due, LastUpdated: due },
        IsPastDue: false,
      };
      return invoke(name, { json: JSON.stringify(schedule) }, {});
    },
    // The host sends numbers as JSON text.
    queue: (name, text, dequeueCount) => {
      return invoke(
        name,
        { string: text },
        { DequeueCount: { json: String(dequeueCount) }, Id: { string: randomUUID() } },
      );
    },
    http: (name, { method, url, headers = {}, body }) => {
      const query = Object.fromEntries(new URL(url).searchParams);
      const content = body === undefined ? {} : { body: { string: body }, rawBody: { string: body } };
      return invoke(name, { http: { method, url, headers, query, params: {}, ...content } }, {});
    },
    stop: () => runHooks('appTerminate', { ...shared }),
  };
}

function readHttp(value: Core.RpcValue | undefined): Invocation['http'] {
  const http = value?.http;
  if (http === undefined) return null;
  const text = http.body?.string ?? Buffer.from(http.body?.bytes ?? []).toString('utf8');
  return { status: Number(http.statusCode), headers: http.headers, text };
}
