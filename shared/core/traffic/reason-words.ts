/** Every reason that an assessment can give, in words for people. Codes are stable: people and programs script against them. */
export const REASON_WORDS = {
  // What accuses.
  'content-verdict': 'Defender found phishing or malware in the content of a good part of the messages',
  'content-verdict-in-part': 'Defender found phishing or malware in the content of a few of the messages',
  'doubtful-verdict': 'Defender called part of the messages phishing by methods that judge the sender',
  'authentication-verdict':
    'Defender called messages spoofed only because they were not authenticated; honest devices get this too',
  'removed-after-delivery': 'messages were removed after delivery as phishing or malware',
  'reported-by-users': 'people reported messages',
  'shares-links-with-abuse': 'links lead to the same domain as those of a source that was found abusive',
  'internal-spoof': 'spoof intelligence took the mail for a forgery of the own domain',
  'self-to-self': 'messages claim to come from the very person who receives them',
  'self-to-self-with-payload':
    'mail from a person to the same person carries outside links, QR codes or risky attachments',
  'impersonates-person': 'the sender is the mailbox of a person',
  'many-impersonated-senders': 'many different people appear as senders',
  'qr-codes': 'messages carry QR codes',
  'risky-attachments': 'messages carry attachments that can run or imitate a sign-in page',
  'outside-links': 'most messages link to sites outside the organisation',
  'unsigned-payload': 'what is to be opened comes without any DKIM signature, as services no longer send it',
  'lure-subject': 'subjects are of a kind that phishing uses, and something is to be opened',
  'short-lived': 'seen within one week only',
  'one-time-recipients': 'every recipient got mail from here only once',
  'payload-blast': 'many people got one message each with something to open, from a source seen within one week only',
  'part-of-a-wave': 'several sources of this kind appeared within few days',
  'borrowed-sender': 'a sender that regularly uses another address appears here for a short time',
  'no-reverse-name': 'the address has no name in DNS, unlike other sources of this tenant',
  'bypasses-gateway': 'the mail came past the mail gateway that the MX record names',
  'foreign-header': 'the envelope sender is an own address while the header shows another organisation',
  'null-sender': 'the envelope sender is empty while the header shows an own address',
  // What speaks for a source.
  'spf-own-entry': "the tenant's SPF record names this address or a small block around it",
  'connector-address': 'an inbound connector names this address',
  'named-location': 'the address is in a named location of the tenant',
  'users-sign-in-here': 'several users sign in from this address on several days',
  'own-host-name': 'the address has a confirmed DNS name within an own domain',
  'mail-gateway': 'the address belongs to the mail gateway that the MX record names',
  'signed-by-own-domain': 'nearly all messages carry a valid DKIM signature of the own domain',
  'passes-for-weeks': 'the mail has passed SPF or DMARC for weeks',
  'spf-shared-entry': 'SPF passes by an entry that covers many addresses or a service that many share',
  'regular-for-weeks': 'the mail has come regularly for weeks to the same people',
  'part-of-a-regular-service': 'neighbouring addresses have sent for the same sender for weeks',
  'roaming-sender': 'one sender without a fixed address has sent from changing addresses for weeks',
  'relays-for-others': 'the address also delivers authenticated mail of several other domains',
  'signed-in-part': 'part of the messages carries a valid DKIM signature of the own domain',
  'returned-own-mail': 'messages are mail that the tenant itself had sent out before',
  'some-mail-returned': 'one or two messages are mail that the tenant itself had sent out before',
  'srs-of-own-domain': 'the envelope sender is a forwarding address made from an own address',
  'list-address': 'the envelope sender is the bounce address of a mailing list or service',
  'approved-by-person': 'a person approved this source',
  'phishing-simulation': 'a phishing simulation that the tenant ordered',
  // What limits the assessment.
  'approval-overridden': 'an approval exists, but what was found since overrides it',
  'approval-covers-less': 'an approval exists, but for other senders than those seen',
  'no-network-anchor': 'nothing in the network shows whose address this is',
  'no-visible-address': 'the messages show no sender address',
  'partial-evidence': 'read without Defender for Office 365 Plan 2: content and verdicts are unknown',
  'trace-only': 'known from message trace only: neither authentication nor connector is visible',
} as const;

/** A reason by its code. */
export type ReasonCode = keyof typeof REASON_WORDS;

export const REASON_CODES = Object.keys(REASON_WORDS) as readonly ReasonCode[];
