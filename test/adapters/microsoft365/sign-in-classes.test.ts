import type { Behaviour } from '../../../simulator/behaviour/behaviour.ts';
import { AADSTS_CODES } from '../../../simulator/sign-in/aadsts-codes.ts';
import { aadsts, signInBehaviours, signInThrottled } from '../../../simulator/sign-in/sign-in-behaviours.ts';
import { openReader, type Reader } from '../../support/open-reader.ts';

let reader: Reader;

beforeAll(async () => {
  reader = await openReader();
});

afterAll(async () => {
  expect(reader.simulator.requests.filter(({ wrong }) => wrong !== null)).toEqual([]);
  await reader.close();
});

/** Reads a fresh tenant whose sign-in behaves so; Exchange must not have been asked. */
async function readWith(behaviour: Behaviour, budget = 40_000) {
  const tenant = reader.freshTenant();
  tenant.behave('signIn', behaviour);
  const { reading, verdict, reason } = await reader.read(tenant.id, { budget });
  expect(verdict).toBe('unknown');
  expect(JSON.stringify(reading)).not.toContain(reader.simulator.marker);
  expect(tenant.requests.filter(({ surface }) => surface.startsWith('exchange'))).toEqual([]);
  return { reason, detail: 'detail' in reading ? reading.detail : '' };
}

describe('a code of the token endpoint, through the identity library', () => {
  const classes: Record<string, { readonly reason: string; readonly codes: readonly number[] }> = {
    'the tenant is not set up': {
      reason: 'consent-missing',
      codes: [7000229, 700016, 700011, 65001, 650056, 650057, 650051, 90094, 90099, 7000112, 70001, 1000031],
    },
    'the tenant has no Exchange': { reason: 'exchange-unavailable', codes: [500014, 500011, 650052] },
    'our own credential is refused': {
      reason: 'credential-rejected',
      codes: [7000215, 7000222, 700027, 7000218, 50012, 700030, 700213, 700211, 700212, 700229],
    },
    'the tenant is gone or elsewhere': {
      reason: 'tenant-not-found',
      codes: [90002, 900023, 5000224, 90038, 900382, 900432],
    },
    'the policy of the tenant': {
      reason: 'blocked-by-policy',
      codes: [53003, 530032, 530034, 53011, 500212, 500213, 50076, 50079],
    },
    'a user who is not in the tenant': { reason: 'consent-missing', codes: [50020, 50177, 50034] },
    'a dead refresh token': { reason: 'credential-rejected', codes: [700082, 70008, 50173, 70043] },
    'passing trouble': { reason: 'service-error', codes: [50033, 50196, 90006, 90012, 90024, 90033, 90090] },
    'too many requests': { reason: 'throttled', codes: [90055] },
    'a request that is wrong': { reason: 'unexpected-response', codes: [9002313] },
  };

  it.each(Object.entries(classes))(
    '%s',
    async (_name, { reason, codes }) => {
      const found = await Promise.all(codes.map(async (code) => [code, (await readWith(aadsts(code))).reason]));
      expect(found).toEqual(codes.map((code) => [code, reason]));
    },
    30_000,
  );

  it('is tried for every code that the simulator knows, apart from those of malformed requests', () => {
    const tried = new Set(Object.values(classes).flatMap(({ codes }) => codes));
    const malformed = [900144, 900561, 70003, 1002012, 28000];
    const untried = Object.keys(AADSTS_CODES).map(Number);
    expect(untried.filter((code) => !tried.has(code) && !malformed.includes(code))).toEqual([]);
  });

  it('that nobody knows means that nothing can be told', async () => {
    const { reason, detail } = await readWith(signInBehaviours.unknownCode);
    expect(reason).toBe('unexpected-response');
    expect(detail).toContain('AADSTS9999999');
  });
});

describe('a token endpoint that does not answer as it should', () => {
  it.each<[keyof typeof signInBehaviours, readonly string[]]>([
    ['htmlBadGateway', ['service-error', 'network']],
    ['htmlSuccess', ['service-error', 'network']],
    ['brokenJson', ['service-error', 'network']],
    ['emptyFailure', ['service-error', 'network']],
    ['unavailableWithoutError', ['service-error']],
    ['withoutAccessToken', ['service-error']],
    ['cutBeforeHeaders', ['network', 'service-error']],
    ['cutInBody', ['network', 'service-error']],
    ['endlessBody', ['network', 'service-error']],
  ])(
    '%s',
    async (name, reasons) => {
      expect(reasons).toContain((await readWith(signInBehaviours[name])).reason);
    },
    30_000,
  );

  it('429 that stays is throttled', async () => {
    expect((await readWith(signInThrottled())).reason).toBe('throttled');
  }, 30_000);

  it('429 that passes costs no more than the pause that it asks for', async () => {
    const tenant = reader.freshTenant();
    tenant.behave('signIn', signInThrottled('0'), 'healthy');
    expect(await reader.read(tenant.id)).toMatchObject({ verdict: 'enforced', signIn: 2 });
  });

  it.each([
    ['in seconds', '3600'],
    ['by a date', new Date(Date.now() + 3_600_000).toUTCString()],
  ])(
    '429 that asks for an hour %s is throttled at once, not when the time of the tenant is over',
    async (_how, retryAfter) => {
      const { reason } = await readWith(signInThrottled(retryAfter));
      expect(reason).toBe('throttled');
    },
  );
});
