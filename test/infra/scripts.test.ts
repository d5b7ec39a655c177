import { type Answer, type Run, runScript } from './check/fake-az.ts';

const IDENTITY = '44444444-4444-4444-4444-444444444444';
const APP = '11111111-1111-1111-1111-111111111111';
const ROLES: readonly Answer[] = [
  'Exchange.ManageAsApp',
  'ThreatHunting.Read.All',
  'ExchangeMessageTrace.Read.All',
  'AuditLogsQuery-Exchange.Read.All',
].map((role) => ({ when: `sp show =='${role}'`, print: `id-of-${role}` }));
const NOT_IN_THIS_CLOUD: Answer = { when: "sp show =='Exchange.ManageAsAppV2'", print: '' };

const commands = (run: Run) => run.calls.map(({ args }) => args.join(' '));
const writing = (run: Run) => commands(run).filter((command) => /\b(create|update|set|POST|PATCH)\b/.test(command));

describe('create-app.sh', () => {
  const create = (args: string[], answers: readonly Answer[]) =>
    runScript('infra/identity/create-app.sh', args, [
      { when: 'account show', print: 'home-tenant' },
      NOT_IN_THIS_CLOUD,
      ...ROLES,
      ...answers,
    ]);

  test('registers the app with the least permissions and prints what comes next', () => {
    const run = create([], [{ when: 'app create', print: APP }]);
    expect(run).toMatchObject({ status: 0 });
    expect(run.output).toContain(`signInClientId: ${APP}`);
    expect(run.output).toContain(`/TENANT/adminconsent?client_id=${APP}`);
    const [created] = run.calls.filter(({ args }) => args.includes('--required-resource-accesses'));
    const access = JSON.parse(created?.args[created.args.indexOf('--required-resource-accesses') + 1] ?? '');
    expect(access).toEqual([
      {
        resourceAppId: '00000002-0000-0ff1-ce00-000000000000',
        resourceAccess: [{ id: 'id-of-Exchange.ManageAsApp', type: 'Role' }],
      },
      {
        resourceAppId: '00000003-0000-0000-c000-000000000000',
        resourceAccess: [
          'ThreatHunting.Read.All',
          'ExchangeMessageTrace.Read.All',
          'AuditLogsQuery-Exchange.Read.All',
        ].map((role) => ({ id: `id-of-${role}`, type: 'Role' })),
      },
    ]);
    expect(created?.args).toEqual(expect.arrayContaining(['--sign-in-audience', 'AzureADMultipleOrgs']));
    expect(run.errors).toContain('Exchange.ManageAsAppV2: not offered in this cloud, left out');
  });

  test('locks the app, so that nobody can add a credential to it in the tenant of a customer, as the template does', () => {
    const { calls } = create([], [{ when: 'app create', print: APP }]);
    const [lock] = calls.filter(({ args }) => args.includes('PATCH'));
    expect(lock?.args.join(' ')).toContain(`/v1.0/applications(appId='${APP}') `);
    expect(JSON.parse(lock?.args.at(-1) ?? '')).toEqual({
      servicePrincipalLockConfiguration: { isEnabled: true, allProperties: true },
    });
  });

  test('a second run keeps the app and only brings its permissions up to date', () => {
    const run = create([], [{ when: 'app list', print: APP }]);
    expect(run.status).toBe(0);
    expect(writing(run).map((command) => command.split(' ').slice(0, 3).join(' '))).toEqual([
      'ad app update',
      'rest --method PATCH',
    ]);
  });

  test('lets an identity sign in as the app, once', () => {
    const known = { when: 'app list --display-name', print: APP };
    const first = create(['--trust', IDENTITY], [known]);
    const [trust] = first.calls.filter(({ args }) => args.join(' ').includes('federated-credential create'));
    expect(JSON.parse(trust?.args.at(-1) ?? '')).toEqual({
      name: `identity-${IDENTITY}`,
      issuer: 'https://login.microsoftonline.com/home-tenant/v2.0',
      subject: IDENTITY,
      audiences: ['api://AzureADTokenExchange'],
    });
    const second = create(
      ['--trust', IDENTITY],
      [known, { when: 'federated-credential list', print: `identity-${IDENTITY}` }],
    );
    expect(commands(second).filter((command) => command.includes('federated-credential create'))).toEqual([]);
  });

  test.each([[['--trust']], [['--trust', 'ABC']], [['--help']]])('refuses %j before it asks anything', (args) => {
    const run = create(args, []);
    expect(run).toMatchObject({ status: 1, calls: [] });
    expect(run.errors).toMatch(/^create-app\.sh: /);
  });
});

describe('grant-tenant.sh', () => {
  const grant = (args: string[], answers: readonly Answer[]) =>
    runScript('infra/identity/grant-tenant.sh', args, [...answers, NOT_IN_THIS_CLOUD, ...ROLES]);

  test('gives the app the reading role and prepares message traces', () => {
    const run = grant(['--app', APP], [{ when: `appId eq '${APP}'`, print: 'object-of-app' }]);
    expect(run).toMatchObject({ status: 0 });
    expect(writing(run)).toEqual([
      expect.stringContaining(
        '"principalId":"object-of-app","roleDefinitionId":"f2ef992c-3afb-46b9-b7cf-a126ee74c451","directoryScopeId":"/"',
      ),
      expect.stringContaining('ad sp create --id 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373'),
    ]);
  });

  test('gives an identity its permissions, because nobody can consent to it', () => {
    const run = grant(['--identity', IDENTITY], []);
    const permissions = writing(run).filter((command) => command.includes('appRoleAssignments'));
    expect(permissions).toHaveLength(4);
    expect(permissions.join('\n')).not.toContain('Write');
  });

  test('changes nothing when all is there', () => {
    const run = grant(
      ['--identity', IDENTITY],
      [
        { when: 'GET appRoleAssignments', print: 'held' },
        { when: 'GET roleAssignments', print: 'assigned' },
        { when: '8bd644d1', print: 'there' },
      ],
    );
    expect(run.status).toBe(0);
    expect(writing(run)).toEqual([]);
  });

  test('says to consent first when the app is not in the tenant', () => {
    const run = grant(['--app', APP], []);
    expect(run.status).toBe(1);
    expect(run.errors).toContain('an administrator must open the consent link first');
    expect(writing(run)).toEqual([]);
  });
});

describe('set-secrets.sh', () => {
  const SECRET = 'https://flow.example/triggers/manual/paths/invoke?sig=marker';
  const store = (args: string[], answers: readonly Answer[], input = '') =>
    runScript('infra/set-secrets.sh', args, answers, input);

  test('stores what it reads and shows it nowhere', () => {
    const run = store(['kv', 'dsw-channel-ops-url'], [], `${SECRET}\n`);
    expect(run).toMatchObject({ status: 0, calls: [{ input: SECRET }] });
    expect(`${run.output}${run.errors}${commands(run)}`).not.toContain('marker');
  });

  test('makes a link secret of 256 bits, once', () => {
    const first = store(['kv'], []);
    expect(first.calls.at(-1)?.input).toMatch(/^[0-9a-f]{64}$/);
    const second = store(['kv'], [{ when: 'secret list', print: 'dsw-link-secret' }]);
    expect(writing(second)).toEqual([]);
    expect(second.output).toContain('it is kept');
  });

  test('waits for a role that is new', () => {
    const run = store(
      ['kv'],
      [
        { when: 'secret list', fails: 2 },
        { when: 'secret set', fails: 1 },
      ],
    );
    expect(run.status).toBe(0);
    expect(writing(run)).toHaveLength(2);
  });

  test('never takes a refused look for an empty vault', () => {
    const run = store(['kv'], [{ when: 'secret list', fails: 99 }]);
    expect(run.status).toBe(1);
    expect(writing(run)).toEqual([]);
    expect(run.errors).toContain('you need the role Key Vault Secrets Officer');
  });

  test.each([
    [[], '', 'name the Key Vault'],
    [['kv', 'no_underscores'], 'x', 'letters, digits and hyphens only'],
    [['kv', 'dsw-channel-ops-url'], '', 'no value was given'],
  ])('refuses %j', (args, input, says) => {
    const run = store(args, [], input);
    expect(run).toMatchObject({ status: 1, calls: [] });
    expect(run.errors).toContain(says);
  });
});
