import { nameAlert } from '../../../shared/core/alerts/name-alert.ts';
import { FLEET_SCOPE, type OutboxRow, type Services } from '../../../shared/jobs/services.ts';
import type { Simulator } from '../../../simulator/simulator.ts';
import { type InspectedLedger, inspectLedger } from '../inspect-ledger.ts';

/** What must be true once a fleet has come to rest. */
export interface Expectation {
  readonly tenants: readonly string[];
  readonly channels: readonly string[];
  /** The kinds of alerts that each tenant must have raised, in order. */
  readonly kinds: readonly string[];
  /** `channel alertId` of what crashes may have sent twice, once for each time. */
  readonly repeatable: readonly string[];
}

/** What was found at rest. */
export interface Finding {
  readonly violations: readonly string[];
  readonly alerts: number;
  /** Copies that arrived beyond the first. */
  readonly repeats: number;
}

/** Checks what the campaign promises (sheet alerting, 4). Every violation is a sentence. */
export async function findViolations(
  services: Services,
  simulator: Simulator,
  { tenants, channels, kinds, repeatable }: Expectation,
): Promise<Finding> {
  const violations: string[] = [];
  const ledgers = await Promise.all([FLEET_SCOPE, ...tenants].map((scope) => inspectLedger(services, scope)));
  const rows = ledgers.flatMap(({ outbox }) => outbox);
  for (const ledger of ledgers) violations.push(...checkLedger(ledger));
  for (const [at, tenant] of tenants.entries()) {
    const raised = new Map(ledgers[at + 1]?.outbox.map(({ alert }) => [alert.id, alert.facts.kind]));
    const found = [...raised.values()].sort().join(', ');
    if (found !== kinds.toSorted().join(', ')) violations.push(`${tenant} raised ${found || 'nothing'}`);
  }
  let repeats = 0;
  for (const channel of channels) {
    const waiting = await services.mailbox.items(channel);
    if (waiting.length > 0) violations.push(`${waiting.length} items still wait for ${channel}`);
    const arrived = arrivals(simulator, channel);
    for (const row of rows.filter((one) => one.channel === channel)) {
      const copies = arrived.filter((ids) => ids.includes(row.alert.id)).length;
      const allowed = repeatable.filter((one) => one === `${channel} ${row.alert.id}`).length;
      if (copies === 0) violations.push(`${describe(row)} never arrived`);
      if (copies > 1 + allowed)
        violations.push(`${describe(row)} arrived ${copies} times; ${allowed} crashes explain that`);
      repeats += Math.max(0, copies - 1);
      if (saysRepeat(simulator, row) < copies - 1)
        violations.push(`${describe(row)}: a copy does not say that it is one`);
    }
    const known = new Set(rows.flatMap(({ alert, digestId }) => [alert.id, digestId ?? '']));
    for (const id of arrived.flat()) if (!known.has(id)) violations.push(`${id} arrived, but no outbox has it`);
  }
  return { violations, alerts: rows.length, repeats };
}

/** State never ahead of its outbox: whatever history says was told has its rows, and the other way round. */
function checkLedger({ record, history, outbox, chain }: InspectedLedger): string[] {
  if (record === null) return [];
  const violations = chain === 'intact' ? [] : [`a chain is ${chain}`];
  const told = history.flatMap(({ kind, alertId, channels }) => {
    return kind === 'alerted' ? (channels as string[]).map((channel) => `${channel} ${String(alertId)}`) : [];
  });
  const stored = outbox.map(({ channel, alert }) => `${channel} ${alert.id}`);
  for (const one of told) if (!stored.includes(one)) violations.push(`history tells of ${one}, the outbox does not`);
  for (const one of stored) if (!told.includes(one)) violations.push(`the outbox has ${one}, history does not`);
  for (const row of outbox) if (row.status !== 'accepted') violations.push(`${describe(row)} is ${row.status}`);
  return violations;
}

function describe({ channel, alert }: OutboxRow): string {
  return `${alert.facts.kind} ${alert.id} for ${channel}`;
}

const ID_LENGTH = nameAlert('', '', '').length;

/** The alert ids in each message that a channel's receiver took. */
function arrivals(simulator: Simulator, channel: string): string[][] {
  const anId = new RegExp(`\\b[A-Z2-7]{${ID_LENGTH}}\\b`, 'g');
  return takenBy(simulator, channel).map((body) => [...new Set(body.match(anId) ?? [])]);
}

/** How many messages about an alert say that it may have been sent before. */
function saysRepeat(simulator: Simulator, { channel, alert }: OutboxRow): number {
  const isRepeat = /POSSIBLE REPEAT|"possibleRepeat":true/;
  return takenBy(simulator, channel).filter((body) => body.includes(alert.id) && isRepeat.test(body)).length;
}

function takenBy(simulator: Simulator, channel: string): string[] {
  const taken = channel === 'siem' ? simulator.webhook(channel).deliveries : simulator.flow(channel).accepted;
  return taken.map(({ body }) => body);
}
