import type { Verdict } from '../setting/reading.ts';
import { gatewaysOf } from '../traffic/dns-names.ts';
import type { NetworkContext } from '../traffic/network-context.ts';
import type { InboundConnector } from './inbound-connector.ts';

/** Whether a way in is open. Unknown stays unknown. */
export type ExposureState = 'open' | 'closed' | 'unknown';

/** The two ways in, which one setting does not close together. */
export interface Exposures {
  /** A: mail with an own envelope sender from anywhere. Closed by RejectDirectSend. */
  readonly directSend: ExposureState;
  /** B: mail of any sender delivered past a third-party gateway. Closed by a restrictive Partner connector. */
  readonly gatewayBypass: ExposureState;
  /** Own domains whose mail exchanger is somebody else, when B is open. */
  readonly bypassedDomains: readonly string[];
  /** What a person should know of it, in sentences. */
  readonly notes: readonly string[];
}

/** Judges both exposures from the setting, the MX records and the inbound connectors. */
export function judgeExposures(
  verdict: Verdict,
  context: Pick<NetworkContext, 'mailExchangers' | 'connectors'>,
): Exposures {
  const directSend = verdict === 'unknown' ? 'unknown' : verdict === 'enforced' ? 'closed' : 'open';
  const bypass = judgeBypass(context);
  const notes = [...bypass.notes];
  if (directSend === 'closed' && bypass.state === 'open') {
    notes.push(
      'RejectDirectSend is on, but it does not stop mail that is delivered past the gateway: this tenant is still exposed.',
    );
  }
  if (directSend === 'closed' && bypass.state === 'unknown') {
    notes.push('RejectDirectSend is on; whether mail can be delivered past a gateway could not be found out.');
  }
  return { directSend, gatewayBypass: bypass.state, bypassedDomains: bypass.domains, notes };
}

/** Whether every known way in is closed. Anything open or unknown is not. */
export function isClosed({ directSend, gatewayBypass }: Exposures): boolean {
  return directSend === 'closed' && gatewayBypass === 'closed';
}

function judgeBypass({ mailExchangers, connectors }: Pick<NetworkContext, 'mailExchangers' | 'connectors'>): {
  state: ExposureState;
  domains: string[];
  notes: string[];
} {
  if (mailExchangers === null) return { state: 'unknown', domains: [], notes: ['The MX records could not be read.'] };
  const domains = gatewaysOf(mailExchangers).map(({ domain }) => domain);
  // Mail that comes to Exchange Online by the MX record passes nothing that could be bypassed.
  if (domains.length === 0) return { state: 'closed', domains: [], notes: [] };
  if (connectors === null) {
    return {
      state: 'unknown',
      domains: [],
      notes: ['MX points elsewhere, and the inbound connectors could not be read.'],
    };
  }
  if (connectors.some(isRestrictive)) return { state: 'closed', domains: [], notes: [] };
  const almost = connectors.filter(
    ({ type, restrictToAddresses, restrictToCertificate }) =>
      type === 'OnPremises' && (restrictToAddresses || restrictToCertificate),
  );
  const notes = [
    'MX points elsewhere and no Partner connector restricts all senders: any sender can deliver past the gateway.',
  ];
  if (almost.length > 0) notes.push('A connector of type OnPremises does not reject anything, whatever it restricts.');
  return { state: 'open', domains, notes };
}

/** Only an enabled Partner connector for all senders that is restricted to addresses or a certificate rejects the rest. */
export function isRestrictive(connector: InboundConnector): boolean {
  const { enabled, type, senderDomains, senderAddresses, certificateName } = connector;
  if (
    !enabled ||
    type !== 'Partner' ||
    !senderDomains.some((domain) => /^(?:smtp:)?\*(?:;\d+)?$/i.test(domain.trim()))
  ) {
    return false;
  }
  return (
    (connector.restrictToAddresses && senderAddresses.length > 0) ||
    (connector.restrictToCertificate && certificateName !== null)
  );
}
