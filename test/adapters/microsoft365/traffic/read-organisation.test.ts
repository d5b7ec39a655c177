import { json } from '../../../../simulator/wire/reply.ts';
import { OWN, openTraffic, SCANNER, type Traffic } from './open-traffic.ts';

let traffic: Traffic;

beforeAll(async () => {
  traffic = await openTraffic();
});
afterAll(() => traffic.close());
beforeEach(() => {
  traffic.renew();
});

describe('accepted domains', () => {
  const domains = async (options: Parameters<Traffic['read']>[0] = {}) => {
    const { own, coverage, reason, detail } = await traffic.read(options);
    return { exact: own?.exact ?? null, roots: own?.roots ?? null, coverage, reason, detail };
  };
  const registered = { before: null, registered: [OWN, 'brand.example'] };

  test.each([
    ['a flag as text', [{ DomainName: 'Contoso.example', MatchSubDomains: 'True' }], [OWN]],
    ['no flag', [{ DomainName: OWN }], []],
    ['a null flag', [{ DomainName: OWN, MatchSubDomains: null }], []],
    ['a name only', [{ Name: OWN, MatchSubDomains: false }], []],
    ['an empty domain name', [{ Name: OWN, DomainName: '' }], []],
    ['one object', { DomainName: OWN, MatchSubDomains: true }, [OWN]],
  ])('are read from %s', async (_, value, roots) => {
    traffic.tenant.behave('exchange/Get-AcceptedDomain', json(200, { value }));
    expect(await domains()).toEqual({ exact: [OWN], roots, coverage: 'full', reason: null, detail: null });
  });

  test('hundreds of them, in every script, on several pages', async () => {
    traffic.tenant.acceptedDomains = Array.from({ length: 1200 }, (_, at) => ({
      DomainName: at === 1100 ? 'bücher.example' : `brand${at}.example`,
      DomainType: 'Authoritative',
      Default: at === 0,
      MatchSubDomains: at % 2 === 0,
    }));
    const { exact, roots, coverage } = await domains();
    expect({ exact: exact?.length, roots: roots?.length, coverage }).toEqual({
      exact: 1201,
      roots: 601,
      coverage: 'full',
    });
    expect(exact).toEqual(expect.arrayContaining(['bücher.example', 'xn--bcher-kva.example', 'brand1199.example']));
  });

  test.each([
    [
      'the cmdlet is not known (404)',
      json(404, { error: { code: 'NotFound', message: 'no such cmdlet' } }),
      'service-error',
    ],
    [
      'the cmdlet is not known (400)',
      json(400, { error: { code: 'BadRequest', message: 'no such cmdlet' } }),
      'service-error',
    ],
    ['the role lacks it', json(403, { error: { code: 'Forbidden', message: 'no' } }), 'permission-missing'],
    ['the answer has no list', json(200, { value: null, '@adminapi.warnings': ['busy'] }), 'service-error'],
    ['the list is empty', json(200, { value: [] }), 'service-error'],
  ])('where %s, those of the registry carry on, and the picture is called partial', async (_, answer, reason) => {
    traffic.tenant.behave('exchange/Get-AcceptedDomain', answer);
    expect(await domains({ domains: registered })).toEqual({
      exact: [OWN, 'brand.example'],
      roots: [],
      coverage: 'partial',
      reason,
      detail: expect.stringMatching(/accepted domain/),
    });
  });

  test.each([
    ['404', json(404, {})],
    ['400', json(400, {})],
    ['a 200 without a list', json(200, { value: null })],
  ])('where InvokeCommand answers %s, the Admin API tells them', async (_, answer) => {
    traffic.tenant.adminApi = 'preview';
    traffic.tenant.behave('exchange/Get-AcceptedDomain', answer);
    expect(await domains({ domains: registered })).toEqual({
      exact: [OWN],
      roots: [],
      coverage: 'full',
      reason: null,
      detail: null,
    });
  });

  test.each([
    ['403', json(403, {})],
    ['an error within a 200', json(200, { error: { message: 'no' } })],
  ])('after %s the Admin API is not asked', async (_, answer) => {
    traffic.tenant.adminApi = 'preview';
    traffic.tenant.behave('exchange/Get-AcceptedDomain', answer);
    expect(await domains({ domains: registered })).toMatchObject({ coverage: 'partial' });
    expect(traffic.tenant.requests.filter(({ surface }) => surface.startsWith('adminApi'))).toEqual([]);
  });

  test('where the tenant told them before, those carry on', async () => {
    const { own } = await traffic.read();
    traffic.tenant.behave('exchange/Get-AcceptedDomain', json(404, {}));
    const before = { before: { own: own!, whole: true }, registered: ['brand.example'] };
    expect(await domains({ domains: before })).toMatchObject({ exact: [OWN], coverage: 'full', reason: null });
    const halfKnown = { before: { own: own!, whole: false }, registered: [] };
    expect(await domains({ domains: halfKnown })).toMatchObject({ exact: [OWN], coverage: 'partial' });
  });

  test('where nobody tells any, nothing is read', async () => {
    traffic.tenant.behave('exchange/Get-AcceptedDomain', json(404, {}));
    expect(await domains()).toMatchObject({ exact: null, coverage: 'none', reason: 'service-error' });
  });
});

describe('inbound connectors', () => {
  const row = { Name: 'Office', ConnectorType: 'Partner', SenderDomains: ['smtp:*;1'], SenderIPAddresses: [SCANNER] };
  const read = async (value: unknown) => {
    traffic.tenant.behave('exchange/Get-InboundConnector', json(200, { value }));
    return (await traffic.read()).connectors;
  };

  test('flags are read as booleans and as text', async () => {
    const asText = {
      ...row,
      Enabled: 'True',
      RestrictDomainsToIPAddresses: 'true',
      RestrictDomainsToCertificate: 'False',
    };
    const asBoolean = {
      ...row,
      Enabled: true,
      RestrictDomainsToIPAddresses: true,
      RestrictDomainsToCertificate: false,
    };
    const expected = [
      expect.objectContaining({
        name: 'Office',
        enabled: true,
        restrictToAddresses: true,
        restrictToCertificate: false,
      }),
    ];
    expect(await read([asText])).toEqual(expected);
    expect(await read([asBoolean])).toEqual(expected);
    expect(await read([{ ...row, Enabled: 'False' }])).toMatchObject([{ enabled: false }]);
  });

  test.each([
    ['a connector that does not say whether it is enabled', [row]],
    ['a connector of an unknown kind', [{ ...row, Enabled: true, ConnectorType: 'Other' }]],
    ['no list', null],
  ])('%s makes them unknown, not absent', async (_, value) => {
    expect(await read(value)).toBeNull();
  });

  test('an empty list is none', async () => {
    expect(await read([])).toEqual([]);
  });
});
