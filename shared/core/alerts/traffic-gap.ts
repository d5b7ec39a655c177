/** Why traffic is unknown or incomplete: `traffic.reason` of the command line's JSON. */
export const TRAFFIC_GAPS = [
  'not-read',
  'licence-missing',
  'permission-missing',
  'provisioning',
  'quota',
  'service-error',
  'network',
  'not-supported',
] as const;

export type TrafficGap = (typeof TRAFFIC_GAPS)[number];
