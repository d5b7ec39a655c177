import type { TrafficGap } from '../alerts/traffic-gap.ts';

const FIXES: Readonly<Record<TrafficGap, string>> = {
  'not-read': 'Run dsw check without --no-traffic, or wait for the next reading.',
  'licence-missing':
    'Defender for Office 365 Plan 2 would show everything. Without it, traffic comes from spoof reports and message trace.',
  'permission-missing':
    "Let the customer's administrator consent to ThreatHunting.Read.All and ExchangeMessageTrace.Read.All; dsw doctor shows which is missing.",
  provisioning:
    'Create the service principal of message trace in the tenant: New-MgServicePrincipal -AppId 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373. It takes up to 24 hours.',
  quota: 'It is tried again at the next reading. If it lasts, look for other tools that query this tenant.',
  'service-error': 'Look at the Microsoft 365 service health. It is tried again at the next reading.',
  network: 'Check DNS, proxy and firewall on the way to Microsoft Graph.',
  'not-supported': 'Nothing to do: this cloud does not offer it.',
};

/** What mends a gap in the traffic, in one or two sentences for a person. */
export function fixGap(gap: TrafficGap): string {
  return FIXES[gap];
}
