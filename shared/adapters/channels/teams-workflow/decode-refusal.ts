import type { ChannelFault } from '../../../core/alerts/alert.ts';

/** Error codes of the workflow's host (sheet alerting, 1.4). */
const CAUSE_OF_CODE = new Map<string, ChannelFault>([
  ['TriggerInputSchemaMismatch', 'schema-mismatch'],
  ['MissingApiVersionParameter', 'query-lost'],
  ['DirectApiAuthorizationRequired', 'signature-lost'],
  ['DirectApiInvalidAuthorizationScheme', 'signature-lost'],
  ['DirectApiRequestHasMoreThanOneAuthorization', 'access-denied'],
  ['MisMatchingOAuthClaims', 'access-denied'],
  ['WorkflowNotFound', 'not-found'],
]);

const CAUSE_OF_STATE = new Map<string, ChannelFault>([
  ['Disabled', 'flow-disabled'],
  ['Deleted', 'flow-deleted'],
  ['Suspended', 'flow-suspended'],
]);

/** Why a Teams workflow refuses; null when its answer names nothing that is known. */
export function decodeRefusal(status: number, body: string): ChannelFault | null {
  const code = /"code"\s*:\s*"(\w+)"/.exec(body)?.[1] ?? '';
  if (code === 'WorkflowTriggerIsNotEnabled') {
    const state = /with state '(\w+)'/.exec(body)?.[1] ?? '';
    return CAUSE_OF_STATE.get(state) ?? 'flow-disabled';
  }
  return CAUSE_OF_CODE.get(code) ?? (status === 401 ? 'signature-lost' : null);
}
