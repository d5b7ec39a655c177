import { GraphError } from '@microsoft/microsoft-graph-client';
import type { TrafficGap } from '../../core/alerts/traffic-gap.ts';
import { clean } from '../../core/setting/interpret-answer.ts';
import { GraphNetworkError, GraphSignInError } from './open-graph.ts';

/** Why Graph gave nothing, in the closed list of `traffic.reason`, with a text that is safe to show. */
export interface GraphFault {
  readonly gap: TrafficGap;
  readonly detail: string;
}

/** What a thrown error of a Graph call means for reading traffic (sheet exchange-and-graph, 5.1 and 5.2). Rethrows what is no fault of Graph's. */
export function classifyGraphFault(error: unknown): GraphFault {
  if (error instanceof GraphNetworkError) return { gap: 'network', detail: clean(error.message) };
  if (error instanceof GraphSignInError) return { gap: gapOfSignIn(error), detail: error.finding.detail };
  if (!(error instanceof GraphError)) throw error;
  const text = `${error.message ?? ''} ${String(error.body ?? '')}`;
  const detail = clean(`Graph answered ${error.statusCode}: ${error.message ?? ''}`);
  return { gap: gapOfAnswer(error.statusCode, text), detail };
}

function gapOfAnswer(status: number, text: string): TrafficGap {
  if (status === 400 && isMailTableMissing(text)) return 'licence-missing';
  if (status === 401) return /service principal/i.test(text) ? 'provisioning' : 'permission-missing';
  if (status === 403)
    return /licen[cs]e|plan 2|defender for office 365/i.test(text) ? 'licence-missing' : 'permission-missing';
  if (status === 429) return 'quota';
  return 'service-error';
}

/** A mail table that is not there means that the licence behind it is not there. A column that is not there means a fault. */
function isMailTableMissing(text: string): boolean {
  const [, missing] = /failed to resolve (?:table|column|table or column)\b(?:[^']*'([^']*)')?/i.exec(text) ?? [];
  if (missing !== undefined) return /^Email/i.test(missing);
  return /failed to resolve table|unknown table/i.test(text);
}

function gapOfSignIn(error: GraphSignInError): TrafficGap {
  switch (error.finding.reason) {
    case 'consent-missing':
    case 'role-missing':
    case 'credential-rejected':
    case 'blocked-by-policy':
    case 'tenant-not-found':
      return 'permission-missing';
    case 'network':
      return 'network';
    case 'throttled':
      return 'quota';
    case 'cloud-not-supported':
      return 'not-supported';
    default:
      return 'service-error';
  }
}
