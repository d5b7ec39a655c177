import { widthOf } from '../traffic/address-block.ts';
import type { AssessedSource } from '../traffic/assessed-source.ts';

/** What would keep a source working after Direct Send is rejected. */
export interface Remedy {
  /** A command for Exchange Online PowerShell to copy; null when only the sender can change something. */
  readonly command: string | null;
  /** What to do and what to mind, in sentences. */
  readonly advice: string;
}

const SHARED =
  'The address may be shared with other customers of the same service: do not allow it by address. Use the certificate that the service sends with, or let it use an envelope sender of its own.';
const OWN_ADDRESS =
  'Whoever can send from this address can then send in your name: allow it only if the address is yours and nobody else uses it.';

/**
 * The way to keep one source working. An SPF entry alone does not: only mail that matches an inbound connector is exempt.
 * Connectors match IPv4 addresses or certificates.
 */
export function suggestRemedy(source: Pick<AssessedSource, 'source' | 'assessment' | 'anchors' | 'reasons'>): Remedy {
  const { assessment, anchors, reasons } = source;
  const width = widthOf(source.source);
  if (assessment === 'forwarder-or-list') {
    return {
      command: null,
      advice:
        'Forwarded mail of your own users comes back with your own envelope sender. Ask the forwarding service to rewrite it (SRS).',
    };
  }
  const isShared =
    anchors.length === 0 &&
    reasons.some(
      (code) => code === 'spf-shared-entry' || code === 'relays-for-others' || code === 'signed-by-own-domain',
    );
  if (isShared || width === null || width.family === 6 || width.prefix < 24) {
    return {
      command: connector(
        `Certificate ${source.source}`,
        "-TlsSenderCertificateName '<name in the certificate>' -RequireTls $true",
      ),
      advice: width?.family === 6 ? `Connectors do not match IPv6 addresses. ${SHARED}` : SHARED,
    };
  }
  return { command: connector(source.source, `-SenderIPAddresses ${source.source}`), advice: OWN_ADDRESS };
}

function connector(name: string, condition: string): string {
  // Only addresses, blocks and host names reach this text; anything else would end the quotation.
  const plain = name.replace(/[^A-Za-z0-9 .:/-]/g, '');
  return `New-InboundConnector -Name 'Direct Send ${plain}' -ConnectorType Partner -SenderDomains '*' ${condition}`;
}
