import { createRequire } from 'node:module';
import { HUNTING_SCHEMA } from './hunting-schema.ts';

/** What the analyser says of one place in a query. */
export interface KqlComplaint {
  readonly severity: string;
  readonly message: string;
}

/** Kusto's own analyser is compiled from C# and puts its classes on the global object; only these few are used. */
interface KustoLanguage {
  readonly Symbols: {
    readonly TableSymbol: { From(columns: string): { WithName(name: string): unknown } };
    readonly DatabaseSymbol: { readonly $ctor3: new (...parts: unknown[]) => unknown };
  };
  readonly GlobalState: { readonly Default: { WithDatabase(database: unknown): unknown } };
  readonly KustoCode: {
    ParseAndAnalyze(query: string, globals: unknown): { GetDiagnostics(): unknown; readonly ResultType: unknown };
  };
}

let loaded: { language: KustoLanguage; globals: unknown } | undefined;

/** Type-checks a query against the documented hunting tables; an empty list means that the service would accept it. */
export function checkKql(query: string): KqlComplaint[] {
  const { language, globals } = load();
  const found = language.KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics() as {
    Count: number;
    getItem(at: number): { Severity: string; Message: string };
  };
  return Array.from({ length: found.Count }, (_, at) => found.getItem(at)).map((one) => ({
    severity: one.Severity,
    message: one.Message,
  }));
}

function load() {
  if (loaded !== undefined) return loaded;
  const require = createRequire(`${process.cwd()}/package.json`);
  require('@kusto/language-service-next/bridge');
  require('@kusto/language-service-next/Kusto.Language.Bridge');
  const language = (globalThis as unknown as { Kusto: { Language: KustoLanguage } }).Kusto.Language;
  const tables = Object.entries(HUNTING_SCHEMA).map(([name, columns]) =>
    language.Symbols.TableSymbol.From(`(${columns})`).WithName(name),
  );
  const database = new language.Symbols.DatabaseSymbol.$ctor3('hunting', null, tables, false);
  loaded = { language, globals: language.GlobalState.Default.WithDatabase(database) };
  return loaded;
}
