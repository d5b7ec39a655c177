import { type Behaviour, healthyThen } from '../behaviour/behaviour.ts';
import { redirectTo, retryAfterDate, wireFaults } from '../behaviour/wire-faults.ts';
import { empty } from '../wire/reply.ts';
import { flowError, triggerNotEnabled, triggerThrottled } from './flow-errors.ts';

const ID = '11111111-2222-3333-4444-555555555555';

/** What a trigger may do besides posting the card. The same for generic webhooks, where the texts do not matter. */
export const teamsBehaviours = {
  ...wireFaults,
  /** 202, but no card ever appears. */
  acceptedThenLost: empty(202, { 'x-ms-workflow-run-id': '08584392201948817204301122345CU08' }),
  /** The card appears, but the answer is lost: whoever sends again sends twice. */
  postedThenCut: healthyThen({ kind: 'cut', when: 'before-headers' }),
  postedThenHangs: healthyThen({ kind: 'hang', when: 'before-headers' }),
  disabled: triggerNotEnabled(ID, 'Disabled'),
  deleted: triggerNotEnabled(ID, 'Deleted'),
  suspended: triggerNotEnabled(ID, 'Suspended'),
  schemaMismatch: flowError(
    400,
    'TriggerInputSchemaMismatch',
    'The input body for trigger "manual" of type "Request" did not match its schema definition. Error details: "Invalid type. Expected String but got Null."',
  ),
  signatureLost: flowError(
    401,
    'DirectApiAuthorizationRequired',
    'The request must be authenticated only by Shared Access scheme.',
  ),
  signatureForbidden: flowError(
    401,
    'DirectApiInvalidAuthorizationScheme',
    'The provided authorization scheme is not valid.',
  ),
  wrongCaller: flowError(403, 'MisMatchingOAuthClaims', 'One or more claims do not match the authorization policy.'),
  workflowMissing: flowError(404, 'WorkflowNotFound', 'The workflow could not be found.'),
  routeMissing: flowError(404, 'NotFound', 'The request does not match any known API routes.'),
  gone: empty(410),
  tooLarge: empty(413),
  throttledWithoutHint: triggerThrottled(),
  throttledForSeconds: triggerThrottled({ 'retry-after': '17' }),
  throttledUntilDate: retryAfterDate(17, triggerThrottled),
  internalError: flowError(500, 'InternalServerError', 'An unexpected error occurred.'),
  unavailable: flowError(503, 'ServiceUnavailable', 'The service is unavailable.'),
  unavailableForSeconds: flowError(503, 'ServiceUnavailable', 'Try later.', { 'retry-after': '17' }),
  redirected: ({ request }) => redirectTo(`${request.origin}/elsewhere`),
} as const satisfies Record<string, Behaviour>;
