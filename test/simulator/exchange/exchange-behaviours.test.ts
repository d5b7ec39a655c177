import { exchangeFaults, settingAnswers } from '../../../simulator/exchange/exchange-behaviours.ts';
import type { Simulator } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/start-simulator.ts';
import type { SimulatedTenant } from '../../../simulator/tenant/tenant.ts';
import { type Caller, createCaller, IMPATIENT, TENANT } from '../call-simulator.ts';

let simulator: Simulator;
let caller: Caller;
let impatient: Caller;
let tenant: SimulatedTenant;

beforeEach(async () => {
  simulator = await startSimulator({ clock: () => new Date('2026-11-02T09:00:00Z') });
  caller = createCaller(simulator);
  impatient = createCaller(simulator, IMPATIENT);
  tenant = simulator.tenant(TENANT);
});

afterEach(async () => {
  await Promise.all([caller.close(), impatient.close()]);
  await simulator.stop();
});

const readSetting = (client = caller) =>
  client.invoke(TENANT, 'Get-OrganizationConfig', {}, '?$select=RejectDirectSend');

/** The body of each answer, or a part of it. */
const BODIES: Record<keyof typeof settingAnswers, string> = {
  stringTrue: '{"value":[{"RejectDirectSend":"True"}]}',
  stringFalse: '{"value":[{"RejectDirectSend":"False"}]}',
  numberOne: '{"value":[{"RejectDirectSend":1}]}',
  nullValue: '{"value":[{"RejectDirectSend":null}]}',
  absentKey: '{"value":[{"Name":"contoso.onmicrosoft.com"}]}',
  otherCaseKey: '{"value":[{"rejectDirectSend":true}]}',
  duplicateKey: '{"value":[{"RejectDirectSend":false,"RejectDirectSend":true}]}',
  annotationOnly: '{"value":[{"RejectDirectSend@data.type":"#Boolean"}]}',
  emptyValue: '{"value":[]}',
  warningsOnly: '{"@adminapi.warnings":["The setting could not be read."],"value":null}',
  twoObjects: '{"value":[{"RejectDirectSend":true},{"RejectDirectSend":true}]}',
  bareArray: '[{"RejectDirectSend":true}]',
  bareObject: '{"RejectDirectSend":true}',
  withWarnings: '{"@adminapi.warnings":["slow"],"value":[{"RejectDirectSend":true}]}',
  withNextLink: '"@odata.nextLink":"https://outlook.office365.com/',
  errorInSuccess: '{"error":{"code":"InternalServerError","message":"Error executing cmdlet"},"value":[]}',
  settingBesideError: '"value":[{"RejectDirectSend":true}]}',
  compressed: '\u001f',
  dripped: '"value":[{"RejectDirectSend":true}]}',
};

describe('answers about the setting', () => {
  it.each(Object.entries(BODIES))('%s', async (name, body) => {
    tenant.behave('exchange', settingAnswers[name as keyof typeof settingAnswers]);
    const heard = await readSetting();
    expect([heard.status, heard.failure]).toEqual([200, null]);
    expect(heard.text).toContain(body);
  });

  it('leave other cmdlets alone, and are not used up by them', async () => {
    tenant.behave('exchange', settingAnswers.stringTrue, 'healthy');
    expect((await caller.invoke(TENANT, 'Get-AcceptedDomain')).text).toContain('tenant3d1c0000.example');
    expect((await readSetting()).text).toContain('"True"');
    expect((await readSetting()).text).toContain('true');
  });
});

/** Status and a part of the body, or what the client found in place of an answer. */
const OUTCOMES: Record<keyof typeof exchangeFaults, readonly [number, string]> = {
  hangBeforeHeaders: [0, 'UND_ERR_HEADERS_TIMEOUT'],
  hangInBody: [200, 'UND_ERR_BODY_TIMEOUT'],
  cutBeforeHeaders: [0, 'UND_ERR_SOCKET'],
  cutAfterHeaders: [200, 'UND_ERR_SOCKET'],
  cutInBody: [200, 'UND_ERR_SOCKET'],
  endlessBody: [200, 'UND_ERR_RES_EXCEEDED_MAX_SIZE'],
  htmlBadGateway: [502, '<h1>Bad Gateway</h1>'],
  htmlGatewayTimeout: [504, '<h1>Gateway Timeout</h1>'],
  htmlSuccess: [200, '<h1>Please wait</h1>'],
  emptySuccess: [200, ''],
  noContent: [204, ''],
  brokenJson: [200, '{"value":[{"RejectDirectSend":tru'],
  badRequest: [400, '{\\"Message\\":\\"The real text.\\"'],
  notFound: [404, 'NotFound'],
  objectNotFound: [500, 'Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|'],
  unauthorised: [401, ''],
  roleMissing: [403, "isn't supported in this scenario"],
  roleMissingInDetails: [403, 'Ex6F9304|AuthZ-CmdletAccessDeniedException|[AuthZRequestId='],
  roleMissingInJsonString: [403, '{\\"Message\\":\\"[AuthZRequestId='],
  forbiddenEmpty: [403, ''],
  delegationEnded: [403, 'Unable to initialize the authorization context.'],
  throttledWithoutHint: [429, 'TooManyRequests'],
  throttledForSeconds: [429, 'TooManyRequests'],
  throttledUntilDate: [429, 'TooManyRequests'],
  throttledAbsurdly: [429, 'TooManyRequests'],
  throttledNegatively: [429, 'TooManyRequests'],
  throttledUnreadably: [429, 'TooManyRequests'],
  internalError: [500, 'InternalServerError'],
  unavailable: [503, 'ServiceUnavailable'],
  unavailableForSeconds: [503, 'ServiceUnavailable'],
  imATeapot: [418, ''],
};

const RETRY_AFTER: Partial<Record<keyof typeof exchangeFaults, string>> = {
  throttledForSeconds: '1',
  throttledUntilDate: 'Mon, 02 Nov 2026 09:00:01 GMT',
  throttledAbsurdly: '86400',
  throttledNegatively: '-5',
  throttledUnreadably: 'soon',
  unavailableForSeconds: '1',
};

describe('faults of Exchange', () => {
  it.each(Object.entries(OUTCOMES))('%s', async (name, [status, text]) => {
    tenant.behave('exchange', exchangeFaults[name as keyof typeof exchangeFaults]);
    const heard = await readSetting(text.includes('TIMEOUT') ? impatient : caller);
    expect(heard.status).toBe(status);
    expect(heard.failure ?? heard.text).toContain(text);
    expect(heard.headers['retry-after']).toBe(RETRY_AFTER[name as keyof typeof exchangeFaults]);
  });

  it('come once and are then over, for one cmdlet only', async () => {
    tenant.behave('exchange/Get-AcceptedDomain', exchangeFaults.internalError, 'healthy');
    expect((await readSetting()).status).toBe(200);
    expect((await caller.invoke(TENANT, 'Get-AcceptedDomain')).status).toBe(500);
    expect((await caller.invoke(TENANT, 'Get-AcceptedDomain')).status).toBe(200);
    expect(tenant.requests.filter(({ surface }) => surface !== 'signIn').map(({ answered }) => answered)).toEqual([
      '200',
      '500',
      '200',
    ]);
  });
});
