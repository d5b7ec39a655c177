import type { Behaviour, Decision, Occasion, Surface } from '../behaviour/behaviour.ts';
import type { RecordedRequest } from '../behaviour/record-request.ts';
import type { AppRole } from './app-roles.ts';
import type { Cloud } from './clouds.ts';
import type { MailRow } from './mail-row.ts';
import type {
  AcceptedDomain,
  AuditRecord,
  DelegatedCustomer,
  InboundConnector,
  SentMail,
  SpoofInsightRow,
  SpoofReportRow,
  SubmittedAuditQuery,
  TraceRow,
} from './tenant-records.ts';

/** A simulated organisation. Its fields are its state and may be changed between requests; faults go through `behave`. */
export interface SimulatedTenant {
  readonly id: string;
  cloud: Cloud;
  /** `<name>.onmicrosoft.com`. */
  initialDomain: string;

  /** RejectDirectSend as Exchange returns it, of any type; `undefined` leaves the property out. */
  setting: unknown;
  acceptedDomains: AcceptedDomain[];
  inboundConnectors: InboundConnector[];
  /** What the Admin API v2.0 is here: not enabled (404), all properties, or only those announced for its general availability. */
  adminApi: 'off' | 'preview' | 'general-availability';

  /** `app-absent`: AADSTS7000229. `roles-missing`: tokens are issued, but without a `roles` claim. */
  consent: 'granted' | 'roles-missing' | 'app-absent';
  /** The application permissions that were granted. */
  appRoles: Set<AppRole>;
  /** The role (Global Reader or View-Only Organization Management) of the app; without it every cmdlet is a 403. */
  exchangeRole: boolean;
  /** Cmdlets that the app's role does not contain. */
  deniedCmdlets: Set<string>;
  /** False: no or a lapsed Exchange licence, AADSTS500014. */
  exchangeLicence: boolean;
  /** Defender for Office 365 Plan 2: without it the mail tables of advanced hunting do not exist. */
  defenderPlan2: boolean;
  /** Whether the service principal of message trace exists; without it a 401. */
  messageTraceProvisioned: boolean;
  /** Off is reported at the top level of the answer, or nested as a JSON string. */
  auditing: 'on' | 'off' | 'off-nested';

  /** Mail as EmailEvents has it; message trace and spoof reports follow from it. */
  mail: MailRow[];
  /** Replaces what follows from `mail`; null: follows. */
  messageTrace: TraceRow[] | null;
  spoofReport: SpoofReportRow[] | null;
  spoofInsight: SpoofInsightRow[] | null;
  /** Organisational domain of the PTR record, by sending address; the spoof report names it in place of the address. */
  pointers: Map<string, string>;

  auditRecords: AuditRecord[];
  /** How audit queries go: after so many polls that find them running (Infinity: never) and so many minutes they end as stated. */
  auditQuery: { polls: number; minutes: number; ends: 'succeeded' | 'failed' | 'cancelled'; limitExceeded: boolean };
  /** The audit queries that were submitted, by id. */
  readonly auditQueries: Map<string, SubmittedAuditQuery>;
  customers: DelegatedCustomer[];
  /** What sendMail accepted. */
  sentMail: SentMail[];
  /** Calls that are served within the window of the service's quota, then 429. */
  quotas: { huntingPerMinute: number; messageTracePerFiveMinutes: number };

  /** The requests for this tenant, in the order of their arrival. */
  readonly requests: readonly RecordedRequest[];
  /** Sets the behaviours of the next requests to a surface, one each; the last one stays. None at all: healthy. */
  behave(surface: Surface, ...sequence: Behaviour[]): void;
  /** What was switched on for a request; undefined when nothing was. */
  decide(surfaces: readonly Surface[], occasion: Occasion): Decision | undefined;
  record(request: RecordedRequest): void;
}
