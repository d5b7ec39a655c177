import { createRequire } from 'node:module';
import { join } from 'node:path';
import { TELEMETRY_SCHEMA } from './telemetry-schema.ts';

/** Kusto's own analyser is compiled from C# and puts its classes on the global object; only these are used. */
interface KustoLanguage {
  readonly Symbols: {
    readonly TableSymbol: { From(columns: string): { WithName(name: string): unknown } };
    readonly DatabaseSymbol: { readonly $ctor3: new (...parts: unknown[]) => unknown };
  };
  readonly GlobalState: { readonly Default: { WithDatabase(database: unknown): unknown } };
  readonly KustoCode: { ParseAndAnalyze(query: string, globals: unknown): { GetDiagnostics(): DiagnosticList } };
}

interface DiagnosticList {
  readonly Count: number;
  getItem(at: number): { readonly Severity: string; readonly Message: string };
}

/** Loads the analyser (31 MB) and gives a function that lists what it says about a query; nothing means that Azure would take it. */
export function loadAnalyser(): (query: string) => string[] {
  const require = createRequire(join(process.cwd(), 'package.json'));
  require('@kusto/language-service-next/bridge');
  require('@kusto/language-service-next/Kusto.Language.Bridge');
  const { Language } = (globalThis as unknown as { Kusto: { Language: KustoLanguage } }).Kusto;
  const tables = Object.entries(TELEMETRY_SCHEMA).map(([name, columns]) => {
    const list = Object.entries(columns).map(([column, type]) => `${column}: ${type}`);
    return Language.Symbols.TableSymbol.From(`(${list.join(', ')})`).WithName(name);
  });
  const database = new Language.Symbols.DatabaseSymbol.$ctor3('workspace', null, tables, false);
  const globals = Language.GlobalState.Default.WithDatabase(database);
  return (query) => {
    const found = Language.KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics();
    return Array.from({ length: found.Count }, (_, at) => found.getItem(at)).map(
      (one) => `${one.Severity}: ${one.Message}`,
    );
  };
}
