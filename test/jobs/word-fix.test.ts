import { TRAFFIC_GAPS } from '../../shared/core/alerts/traffic-gap.ts';
import { REASONS } from '../../shared/core/setting/reading.ts';
import { type FixContext, fixForGap, fixForReason, fixForStorage } from '../../shared/jobs/word-fix.ts';

const APP: FixContext = {
  tenantId: '3d1c0000-0000-4000-8000-000000000001',
  credential: 'federated-identity',
  clientId: '11111111-1111-4111-8111-111111111111',
  consentUrl: 'https://login.microsoftonline.com/TENANT/adminconsent?client_id=x',
};
const IDENTITY: FixContext = { ...APP, credential: 'managed-identity', clientId: null, consentUrl: null };

test.each(REASONS)('%s has a fix, and for an identity none that an identity cannot use', (reason) => {
  expect(fixForReason(reason, APP)).toMatch(/\S\./);
  expect(fixForReason(reason, IDENTITY)).not.toMatch(/adminconsent|null|--app/);
});

test.each(TRAFFIC_GAPS.filter((gap) => gap !== 'not-read'))('the gap %s has a fix', (gap) => {
  expect(fixForGap(gap, 'ThreatHunting.Read.All', APP)).not.toBe('');
  expect(fixForGap(gap, 'ThreatHunting.Read.All', IDENTITY)).not.toMatch(/Link:|null/);
});

test.each([
  ['federated-identity', 'infra/identity/create-app.sh --trust IDENTITY_PRINCIPAL_ID'],
  ['managed-identity', 'az functionapp identity show'],
  ['certificate', 'az ad app credential reset --id 11111111-1111-4111-8111-111111111111 --create-cert --append'],
  ['secret', 'az ad app credential reset --id 11111111-1111-4111-8111-111111111111 --append'],
] as const)('a rejected credential of the kind %s is mended by a command of its own', (credential, command) => {
  expect(fixForReason('credential-rejected', { ...APP, credential })).toContain(command);
});

test('rights are granted to the app by its id, to an identity by its own', () => {
  expect(fixForReason('role-missing', APP)).toContain(`grant-tenant.sh --app ${APP.clientId}`);
  expect(fixForReason('role-missing', IDENTITY)).toContain('grant-tenant.sh --identity IDENTITY_PRINCIPAL_ID');
  expect(fixForGap('permission-missing', 'ThreatHunting.Read.All', APP)).toContain(`Link: ${APP.consentUrl}`);
});

test.each([
  ['status 403: AuthorizationPermissionMismatch', '--role "Storage Table Data Contributor"'],
  ['getaddrinfo ENOTFOUND x.table.core.windows.net', 'private network'],
  ['connect ECONNREFUSED 127.0.0.1:10002', 'npx azurite'],
  ["Please run 'az login' to set up account", 'sign in: az login'],
])('storage that says "%s"', (why, fix) => {
  expect(fixForStorage(why)).toContain(fix);
});
