import { forgedMail, scannerMail } from '../../cli/demo/demo-mail.ts';
import type { CheckDocument } from '../../cli/documents/check-document.ts';
import type { Behaviour } from '../../simulator/behaviour/behaviour.ts';
import { answerHunting } from '../../simulator/graph/hunting-engine.ts';
import type { SimulatedTenant } from '../../simulator/tenant/tenant.ts';
import { type Desk, fleetFile, openDesk } from '../cli/open-desk.ts';
import { tenantId } from '../support/open-world.ts';

export const ID = tenantId(1);
export const DOMAIN = 'fabrikam.example';
/** What sends to the tenant. */
export const SCANNER = '203.0.113.9';
export const FORGER = '198.51.100.77';
export const SPOOF_CMDLETS = ['Get-SpoofMailReport', 'Get-SpoofIntelligenceInsight'] as const;

type CheckedRow = CheckDocument['tenants'][number];

/** A desk with one permissive tenant, to which an office scanner and a forger send; it has no Defender Plan 2. */
export interface TrafficDesk {
  readonly desk: Desk;
  readonly tenant: SimulatedTenant;
  /** The tenant's row of a sweep, so many milliseconds after the last. */
  check(after?: number): Promise<CheckedRow>;
  /** What that sweep says of the origin of traffic. */
  seen(after?: number): Promise<Pick<CheckedRow['traffic'], 'coverage' | 'origin' | 'reason'>>;
  /** Requests to a surface so far. */
  calls(surface: string): number;
  failSpoofCmdlets(fault: Behaviour): void;
  /** Takes away what the second rung reads, so that only hunting is left. */
  removeSecondRung(): void;
}

export async function openTrafficDesk(): Promise<TrafficDesk> {
  const desk = await openDesk();
  const { world } = desk;
  await world.register(fleetFile(world, 1));
  const tenant = world.simulator.tenant(ID);
  tenant.acceptedDomains = [{ DomainName: DOMAIN, DomainType: 'Authoritative', Default: true, MatchSubDomains: false }];
  tenant.setting = false;
  world.simulator.hunting = (query, { mail }) => answerHunting(query, { EmailEvents: mail });
  scannerMail(tenant, DOMAIN, world.clock.now());
  forgedMail(tenant, DOMAIN, world.clock.now());
  const check = async (after = 0) => {
    world.clock.advance(after);
    const [row] = (await desk.read<CheckDocument>('check')).tenants;
    return row!;
  };
  return {
    desk,
    tenant,
    check,
    async seen(after) {
      const { coverage, origin, reason } = (await check(after)).traffic;
      return { coverage, origin, reason };
    },
    calls: (surface) => tenant.requests.filter((request) => request.surface === surface).length,
    failSpoofCmdlets(fault) {
      for (const cmdlet of SPOOF_CMDLETS) tenant.behave(`exchange/${cmdlet}`, fault);
    },
    removeSecondRung() {
      for (const cmdlet of SPOOF_CMDLETS) tenant.deniedCmdlets.add(cmdlet);
      tenant.appRoles.delete('ExchangeMessageTrace.Read.All');
    },
  };
}
