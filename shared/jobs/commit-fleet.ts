import type { AlertDraft } from '../core/alerts/alert.ts';
import { EMPTY_CHAIN, type Note } from '../core/evidence/history.ts';
import { type FleetState, NEW_FLEET } from '../core/fleet/fleet-state.ts';
import { type Committed, commitChange } from './commit-change.ts';
import { FLEET_SCOPE, type FleetRecord, type Services } from './services.ts';

/** What a pure decision wants to change in the fleet's own ledger. */
export interface FleetChange {
  readonly state: FleetState;
  readonly drafts: readonly AlertDraft[];
  readonly notes: readonly Note[];
}

/** Commits a change of the fleet's own ledger; a decision that returns the state it was given commits nothing. */
export function commitFleet(
  services: Services,
  decide: (state: FleetState) => FleetChange,
): Promise<Committed<FleetRecord, FleetState>> {
  return commitChange<FleetRecord, FleetState>(
    services,
    { scope: FLEET_SCOPE, tenant: null },
    () => ({ chain: EMPTY_CHAIN, state: NEW_FLEET }),
    (record) => {
      const { state, drafts, notes } = decide(record.state);
      if (state === record.state) return { unchanged: state };
      return { record: { state }, notes, drafts, result: state };
    },
  );
}
