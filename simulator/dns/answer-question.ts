import { type Answer, AUTHORITATIVE_ANSWER, decode, encode, type Packet, TRUNCATED_RESPONSE } from 'dns-packet';
import type { DnsZone } from './zone.ts';

/** Response codes by name (RFC 1035); they are the last four bits of the flags. */
const CODES = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const;
/** Seconds; short, so that a changed zone is seen at once. */
const TTL = 1;
const MOST_ALIASES = 8;
/** Without EDNS no UDP answer may be larger, in bytes. */
const SMALLEST_UDP = 512;

/** The answer to one query, null for silence. Answers that are too large for UDP come truncated. */
export function answerQuestion(message: Buffer, zone: DnsZone, over: 'udp' | 'tcp'): Buffer | null {
  const query = read(message);
  const question = query?.questions?.[0];
  if (question === undefined || query === null) return null;
  const fault = zone.faultOf(question.name);
  const reply = (code: keyof typeof CODES, answers: Answer[], truncated = false) =>
    encode({
      type: 'response',
      id: query.id ?? 0,
      flags: AUTHORITATIVE_ANSWER | (truncated ? TRUNCATED_RESPONSE : 0) | CODES[code],
      questions: [question],
      answers,
    });
  if (fault === 'timeout') return null;
  if (fault !== null && fault !== 'truncated') return reply(fault, []);

  const found = lookUp(question.name, question.type, zone);
  const whole = found === null ? reply('NXDOMAIN', []) : reply('NOERROR', found);
  if (over === 'tcp') return whole;
  const room = query.additionals?.find((record) => record.type === 'OPT')?.udpPayloadSize ?? SMALLEST_UDP;
  return fault === 'truncated' || whole.length > room ? reply('NOERROR', [], true) : whole;
}

function read(message: Buffer): Packet | null {
  try {
    return decode(message);
  } catch {
    return null;
  }
}

/** The records of a name, its aliases followed; null when the name does not exist. */
function lookUp(asked: string, type: string, zone: DnsZone): Answer[] | null {
  const answers: Answer[] = [];
  let name = asked;
  for (let aliases = 0; aliases <= MOST_ALIASES; aliases += 1) {
    const data = zone.find(name, type);
    if (data === null) return answers.length === 0 ? null : answers;
    const [alias] = type === 'CNAME' ? [] : (zone.find(name, 'CNAME') ?? []);
    if (alias === undefined) return [...answers, ...data.map((value) => toRecord(name, type, value))];
    answers.push(toRecord(name, 'CNAME', alias));
    name = String(alias);
  }
  return answers;
}

function toRecord(name: string, type: string, value: unknown): Answer {
  const data = type === 'TXT' ? splitText(String(value)) : value;
  return { name, type, ttl: TTL, class: 'IN', data } as Answer;
}

/** A TXT record consists of strings of at most 255 bytes each. */
function splitText(text: string): Buffer[] {
  const bytes = Buffer.from(text);
  const parts: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += 255) parts.push(bytes.subarray(start, start + 255));
  return parts;
}
