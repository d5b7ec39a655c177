import { type Behaviour, healthyCompressed, healthyInDrips, type Occasion } from '../behaviour/behaviour.ts';
import { retryAfterDate, wireFaults } from '../behaviour/wire-faults.ts';
import { type Answer, empty, type Headers, json, raw } from '../wire/reply.ts';
import { cmdletError, contextError, plainError, roleMissingText } from './exchange-errors.ts';

const APP = '00000000-0000-4000-8000-0000000000aa';
const THROTTLED = 'The request was throttled. Please retry later.';

/** Answers about the setting: what comes back in place of one object with a boolean. Other cmdlets are not touched. */
export const settingAnswers = {
  stringTrue: aboutSetting(json(200, { value: [{ RejectDirectSend: 'True' }] })),
  stringFalse: aboutSetting(json(200, { value: [{ RejectDirectSend: 'False' }] })),
  numberOne: aboutSetting(json(200, { value: [{ RejectDirectSend: 1 }] })),
  nullValue: aboutSetting(json(200, { value: [{ RejectDirectSend: null }] })),
  absentKey: aboutSetting(json(200, { value: [{ Name: 'contoso.onmicrosoft.com' }] })),
  otherCaseKey: aboutSetting(json(200, { value: [{ rejectDirectSend: true }] })),
  duplicateKey: aboutSetting(raw(200, '{"value":[{"RejectDirectSend":false,"RejectDirectSend":true}]}')),
  annotationOnly: aboutSetting(json(200, { value: [{ 'RejectDirectSend@data.type': '#Boolean' }] })),
  emptyValue: aboutSetting(json(200, { value: [] })),
  warningsOnly: aboutSetting(json(200, { '@adminapi.warnings': ['The setting could not be read.'], value: null })),
  twoObjects: aboutSetting(json(200, { value: [{ RejectDirectSend: true }, { RejectDirectSend: true }] })),
  bareArray: aboutSetting(json(200, [{ RejectDirectSend: true }])),
  bareObject: aboutSetting(json(200, { RejectDirectSend: true })),
  withWarnings: aboutSetting(json(200, { '@adminapi.warnings': ['slow'], value: [{ RejectDirectSend: true }] })),
  withNextLink: aboutSetting(
    json(200, {
      value: [{ RejectDirectSend: true }],
      '@odata.nextLink': 'https://outlook.office365.com/adminapi/beta/contoso/InvokeCommand?$skiptoken=2',
    }),
  ),
  errorInSuccess: aboutSetting(
    json(200, { error: { code: 'InternalServerError', message: 'Error executing cmdlet' }, value: [] }),
  ),
  settingBesideError: aboutSetting(
    json(200, { error: { code: 'Timeout', message: 'Partial result' }, value: [{ RejectDirectSend: true }] }),
  ),
  compressed: aboutSetting(healthyCompressed),
  dripped: aboutSetting(healthyInDrips(5)),
} as const satisfies Record<string, Behaviour>;

/** Refusals and faults of InvokeCommand and of the Admin API, for every cmdlet alike. */
export const exchangeFaults = {
  ...wireFaults,
  badRequest: contextError(400, 'BadRequest', 'Microsoft.Exchange.Management.SomeException', 'The real text.'),
  notFound: plainError(404, 'NotFound', 'The resource could not be found.'),
  objectNotFound: cmdletError(
    500,
    'InternalServerError',
    'Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException',
    "The operation couldn't be performed because object 'x' couldn't be found on 'y'.",
  ),
  unauthorised: empty(401),
  roleMissing: plainError(403, 'Forbidden', roleMissingText(APP)),
  roleMissingInDetails: cmdletError(403, 'Forbidden', 'AuthZ-CmdletAccessDeniedException', roleMissingText(APP)),
  roleMissingInJsonString: contextError(403, 'Forbidden', 'AuthZ-CmdletAccessDenied', roleMissingText(APP)),
  forbiddenEmpty: empty(403),
  delegationEnded: plainError(403, 'Forbidden', 'Unable to initialize the authorization context.'),
  throttledWithoutHint: throttled(),
  throttledForSeconds: throttled({ 'retry-after': '1' }),
  throttledUntilDate: retryAfterDate(1, throttled),
  throttledAbsurdly: throttled({ 'retry-after': '86400' }),
  throttledNegatively: throttled({ 'retry-after': '-5' }),
  throttledUnreadably: throttled({ 'retry-after': 'soon' }),
  internalError: plainError(500, 'InternalServerError', 'An internal server error occurred.'),
  unavailable: plainError(503, 'ServiceUnavailable', 'The service is unavailable.'),
  unavailableForSeconds: json(503, { error: { code: 'ServiceUnavailable' } }, { 'retry-after': '1' }),
  imATeapot: empty(418),
} as const satisfies Record<string, Behaviour>;

/** A 429 of Exchange with the given headers; Retry-After may be seconds, an HTTP date, or nonsense. */
export function throttled(headers: Headers = {}): Answer {
  return json(429, { error: { code: 'TooManyRequests', message: THROTTLED } }, headers);
}

/** Limits a behaviour to requests that read the organisation's configuration. */
export function aboutSetting(behaviour: Behaviour): Behaviour {
  return (occasion: Occasion) => {
    const { surface } = occasion;
    const reads = surface === 'exchange/Get-OrganizationConfig' || surface === 'adminApi/OrganizationConfig';
    if (!reads) return 'not-concerned';
    return typeof behaviour === 'function' ? behaviour(occasion) : behaviour;
  };
}
