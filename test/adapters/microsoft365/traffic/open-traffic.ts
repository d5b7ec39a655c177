import { openResolver } from '../../../../shared/adapters/dns/open-resolver.ts';
import { openHttpPool } from '../../../../shared/adapters/http/send-request.ts';
import { openTrafficReader } from '../../../../shared/adapters/microsoft365/traffic/open-traffic-reader.ts';
import type { CheckedTenant } from '../../../../shared/core/schemas.ts';
import { DAY } from '../../../../shared/core/time.ts';
import { planReading, type ReadingPlan } from '../../../../shared/core/traffic/plan-reading.ts';
import type { ReadingOptions, TrafficReader, TrafficReading } from '../../../../shared/jobs/traffic-services.ts';
import type { Behaviour } from '../../../../simulator/behaviour/behaviour.ts';
import { answerHunting } from '../../../../simulator/graph/hunting-engine.ts';
import { composeMail } from '../../../../simulator/tenant/mail-row.ts';
import type { SimulatedTenant } from '../../../../simulator/tenant/tenant.ts';
import { openReader, type Reader } from '../../../support/open-reader.ts';

// Real sockets are slow on a busy machine; how long a test takes decides nothing.
jest.setTimeout(60_000);

export const OWN = 'contoso.example';
export const SCANNER = '203.0.113.9';

/** A reader of traffic on the real protocols, and a tenant with a scanner's mail to read. */
export interface Traffic {
  readonly reader: TrafficReader;
  readonly microsoft: Reader;
  /** The tenant that is read; see `renew`. */
  readonly tenant: SimulatedTenant;
  readonly checked: CheckedTenant;
  /** Puts a tenant that no test has touched in the place of the last one. */
  renew(): void;
  /** Reads thirty days, as on a first run. */
  read(options?: Partial<ReadingOptions>, plan?: Partial<ReadingPlan>): Promise<TrafficReading>;
  close(): Promise<void>;
}

/** Opens it with nothing read yet. */
export async function openTraffic(): Promise<Traffic> {
  const microsoft = await openReader();
  const { simulator, clock, signIn, endpoints } = microsoft;
  const pool = openHttpPool();
  const resolver = openResolver([simulator.dnsServer], { now: Date.now, patience: 50 });
  const { now, wait } = clock;
  const reader = openTrafficReader({ signIn, endpoints, send: pool.send, resolver, now, wait });
  simulator.hunting = (query, { mail }) =>
    answerHunting(query, { EmailEvents: mail, EmailUrlInfo: [], EmailAttachmentInfo: [], EmailPostDeliveryEvents: [] });
  let tenant = moveIn(microsoft);
  const describeTenant = () =>
    ({ id: tenant.id, name: 'Contoso', cloud: 'global', domains: [] }) as unknown as CheckedTenant;
  return {
    reader,
    microsoft,
    get tenant() {
      return tenant;
    },
    get checked() {
      return describeTenant();
    },
    renew() {
      tenant = moveIn(microsoft);
    },
    read(options = {}, plan = {}) {
      return reader.read(
        describeTenant(),
        { ...planReading(null, clock.instant()), ...plan },
        {
          signal: new AbortController().signal,
          within: 60_000,
          domains: { before: null, registered: [] },
          keepSamples: true,
          waitsForHunting: false,
          lastGap: null,
          ...options,
        },
      );
    },
    async close() {
      await Promise.all([pool.close(), microsoft.close()]);
    },
  };
}

/** A tenant whose scanner has sent a mail on each of five days. */
function moveIn({ clock, freshTenant }: Reader): SimulatedTenant {
  const tenant = freshTenant();
  tenant.acceptedDomains = [{ DomainName: OWN, DomainType: 'Authoritative', Default: true, MatchSubDomains: false }];
  tenant.defenderPlan2 = true;
  for (let day = 1; day <= 5; day += 1) {
    const at = new Date(clock.now().getTime() - day * DAY);
    tenant.mail.push(
      composeMail({ at, from: `scanner@${OWN}`, to: `${day % 2 === 0 ? 'amy' : 'ben'}@${OWN}`, ip: SCANNER }),
    );
  }
  return tenant;
}

/** The healthy answer with its JSON changed. */
export function rewritten(change: (body: Record<string, unknown>) => unknown): Behaviour {
  return {
    kind: 'healthy-as',
    transform: (answer) => ({ ...answer, body: JSON.stringify(change(JSON.parse(answer.body))) }),
  };
}
