/**
 * What the Functions worker gives the app as `@azure/functions-core`: here it collects what the app registers, so that the
 * host beside this file can call it through the real @azure/functions library. One per module registry, like the worker's.
 */

export type HookCallback = (context: Record<string, unknown>) => unknown;
export type FunctionCallback = (...args: unknown[]) => unknown;

export interface FunctionMetadata {
  readonly name: string;
  readonly functionId: string;
  readonly bindings: Record<string, { type: string; direction?: string; [property: string]: unknown }>;
}

export interface ProgrammingModel {
  getInvocationModel(context: unknown): {
    getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
    invokeFunction(context: unknown, inputs: unknown[], handler: FunctionCallback): Promise<unknown>;
    getResponse(context: unknown, result: unknown): Promise<{ returnValue?: RpcValue; outputData?: unknown[] }>;
  };
  getCapabilities(given: Record<string, string>): Promise<Record<string, string>>;
}

export interface RpcValue {
  readonly json?: string;
  readonly string?: string;
  readonly http?: {
    readonly statusCode: string;
    readonly headers: Record<string, string>;
    readonly body?: { bytes?: Uint8Array; string?: string };
  };
}

export const version = '3.13.0';
export const hostVersion = '4.1048.0';
export const systemLog: string[] = [];
export const functions = new Map<string, { metadata: FunctionMetadata; callback: FunctionCallback }>();
export const hooks = new Map<string, HookCallback[]>();
let model: ProgrammingModel | null = null;

export class Disposable {
  readonly #dispose: () => void;
  constructor(dispose: () => void) {
    this.#dispose = dispose;
  }
  dispose(): void {
    this.#dispose();
  }
}

export function log(level: string, _category: string, message: string): void {
  systemLog.push(`${level} ${message}`);
}

export function setProgrammingModel(given: ProgrammingModel): void {
  model = given;
}

export function getProgrammingModel(): ProgrammingModel {
  if (model === null) throw new Error('the app registered nothing');
  return model;
}

export function registerFunction(metadata: FunctionMetadata, callback: FunctionCallback): Disposable {
  if (functions.has(metadata.name)) throw new Error(`a function "${metadata.name}" is registered already`);
  functions.set(metadata.name, { metadata, callback });
  return new Disposable(() => functions.delete(metadata.name));
}

export function registerHook(name: string, callback: HookCallback): Disposable {
  hooks.set(name, [...(hooks.get(name) ?? []), callback]);
  return new Disposable(() =>
    hooks.set(
      name,
      (hooks.get(name) ?? []).filter((one) => one !== callback),
    ),
  );
}
