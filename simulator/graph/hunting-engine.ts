import { answerNeighbours, answerSignIns } from './answer-addresses.ts';
import {
  answerAfterDelivery,
  answerPayload,
  answerReturned,
  answerTraffic,
  type HuntingTables,
} from './answer-by-day.ts';
import type { HuntingRow } from './collect-own-mail.ts';
import { type HuntingConstants, readConstants } from './hunting-constants.ts';
import { answerProbes, type HuntingColumn, type HuntingResult } from './run-hunting-query.ts';

/**
 * Answers the product's hunting queries from rows of the hunting tables. It does not run KQL: it recognises a query by its
 * first line and computes the same in its own way. Other queries get the answer of the default engine.
 */
export function answerHunting(query: string, tables: HuntingTables): HuntingResult {
  const constants = readConstants(query);
  if (constants === null) return answerProbes(query);
  if (tables.EmailEvents === undefined) return unresolved('EmailEvents');
  const rows = answer(constants, tables);
  return rows === null ? unresolved('SigninLogs') : { schema: schemaOf(rows), results: rows };
}

function answer(constants: HuntingConstants, tables: HuntingTables): HuntingRow[] | null {
  switch (constants.query) {
    case 'traffic-by-day':
      return answerTraffic(tables, constants);
    case 'payload-by-day':
      return answerPayload(tables, constants);
    case 'after-delivery-by-day':
      return answerAfterDelivery(tables, constants);
    case 'returned-by-day':
      return answerReturned(tables, constants);
    case 'neighbours':
      return answerNeighbours(tables, constants);
    case 'sign-ins':
      return answerSignIns(tables, constants);
    default:
      throw new Error(`The simulator does not know the query ${constants.query}.`);
  }
}

function schemaOf([first = {}]: readonly HuntingRow[]): HuntingColumn[] {
  return Object.entries(first).map(([name, value]) => ({ name, type: typeOf(name, value) }));
}

function typeOf(name: string, value: unknown): string {
  if (typeof value === 'number') return 'Int64';
  if (Array.isArray(value)) return 'Object';
  return ['Day', 'FirstSeen', 'LastSeen'].includes(name) ? 'DateTime' : 'String';
}

function unresolved(table: string): HuntingResult {
  const message = `'where' operator: Failed to resolve table or column expression named '${table}'. Fix semantic errors in your query.`;
  return { status: 400, code: 'BadRequest', message };
}
