import { GraphError } from '@microsoft/microsoft-graph-client';
import { classifyGraphFault } from '../../../shared/adapters/microsoft365/classify-graph-fault.ts';
import { GraphNetworkError, GraphSignInError } from '../../../shared/adapters/microsoft365/open-graph.ts';
import type { Reason } from '../../../shared/core/setting/reading.ts';

const PRINCIPAL =
  'Service principal-less authentication failed: The service principal for App ID 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373 was not found. Please create a service principal for this app in your tenant.';
const semantic = (what: string) => `'take' operator: Failed to resolve ${what}. Fix semantic errors in your query.`;

test.each([
  [400, semantic("table or column expression named 'EmailEvents'"), 'licence-missing'],
  [400, semantic("table expression named 'EmailUrlInfo'"), 'licence-missing'],
  [400, 'Unknown table EmailEvents', 'licence-missing'],
  [400, 'Failed to resolve table EmailEvents', 'licence-missing'],
  [400, semantic("table or column expression named 'OrgLevelPolicy'"), 'service-error'],
  [400, semantic("scalar expression named 'OrgLevelPolicy'"), 'service-error'],
  [400, 'Syntax error', 'service-error'],
  [401, PRINCIPAL, 'provisioning'],
  [401, 'Access token has expired', 'permission-missing'],
  [403, 'The tenant is not licensed for this.', 'licence-missing'],
  [403, 'You do not have a license.', 'licence-missing'],
  [403, 'Needs Plan 2.', 'licence-missing'],
  [403, 'Microsoft Defender for Office 365 is required.', 'licence-missing'],
  [403, 'Missing application roles.', 'permission-missing'],
  [404, 'Resource not found', 'service-error'],
  [429, 'Your recent queries have surpassed the permitted limit', 'quota'],
  [500, '', 'service-error'],
  [503, 'unavailable', 'service-error'],
  [-1, 'Unexpected end of JSON input', 'service-error'],
])('%i %s: %s', (status, message, gap) => {
  const error = new GraphError(status, message);
  expect(classifyGraphFault(error)).toMatchObject({ gap, detail: expect.stringContaining(String(status)) });
  const inBody = new GraphError(status, '');
  inBody.body = JSON.stringify({ code: 'X', message });
  expect(classifyGraphFault(inBody).gap).toBe(gap);
});

test.each<[Reason, string]>([
  ['consent-missing', 'permission-missing'],
  ['role-missing', 'permission-missing'],
  ['credential-rejected', 'permission-missing'],
  ['blocked-by-policy', 'permission-missing'],
  ['tenant-not-found', 'permission-missing'],
  ['network', 'network'],
  ['throttled', 'quota'],
  ['cloud-not-supported', 'not-supported'],
  ['service-error', 'service-error'],
])('a sign-in that failed with %s: %s', (reason, gap) => {
  const fault = new GraphSignInError({ verdict: 'unknown', reason, detail: 'why' });
  expect(classifyGraphFault(fault)).toEqual({ gap, detail: 'why' });
});

test('an unreachable service is the network', () => {
  expect(classifyGraphFault(new GraphNetworkError('connection refused', false))).toEqual({
    gap: 'network',
    detail: 'connection refused',
  });
});

test('a fault of our own is not explained away', () => {
  expect(() => classifyGraphFault(new TypeError('ours'))).toThrow('ours');
});

test('what the service writes is made safe to show', () => {
  const { detail } = classifyGraphFault(new GraphError(400, 'bad\u001b[31m\nline\u202e'));
  expect(detail).toMatch(/^[\x20-\x7e]*$/);
});
