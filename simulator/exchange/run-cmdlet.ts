import { guidOf } from '../tenant/mail-row.ts';
import type { SimulatedTenant } from '../tenant/tenant.ts';
import type { Answer } from '../wire/reply.ts';
import type { Parameters } from './check-exchange-request.ts';
import { describeOrganization } from './describe-organization.ts';
import { cmdletError, cmdletNotInRole } from './exchange-errors.ts';
import { reportSpoofs, summariseSpoofs } from './report-spoofs.ts';

/** The objects that a cmdlet returns, or the answer that it fails with. */
export type CmdletResult =
  | { readonly kind: 'objects'; readonly objects: readonly object[] }
  | { readonly kind: 'failed'; readonly reply: Answer };

interface Cmdlet {
  /** The parameters that it binds; another name is an error. */
  readonly parameters: readonly string[];
  run(tenant: SimulatedTenant, parameters: Parameters, now: Date): readonly object[] | string;
}

const DAY = 24 * 3600 * 1000;

/** The cmdlets that are simulated. All others count as outside of the app's role. */
const CMDLETS: Readonly<Record<string, Cmdlet>> = {
  'Get-OrganizationConfig': { parameters: [], run: (tenant) => [describeOrganization(tenant)] },
  'Get-AcceptedDomain': {
    parameters: ['Identity', 'ResultSize'],
    run: (tenant, parameters) => pick(named(tenant.acceptedDomains, 'DomainName'), parameters),
  },
  'Get-InboundConnector': {
    parameters: ['Identity', 'ResultSize'],
    run: (tenant, parameters) => pick(named(tenant.inboundConnectors, 'Name'), parameters),
  },
  'Get-SpoofMailReport': {
    parameters: ['StartDate', 'EndDate', 'Direction', 'EventType', 'Action', 'Page', 'PageSize'],
    run: pageSpoofReport,
  },
  'Get-SpoofIntelligenceInsight': {
    parameters: ['Identity'],
    run: (tenant, _parameters, now) => summariseSpoofs(tenant, now),
  },
};

/** Runs a cmdlet as PowerShell would: unknown names are outside of the role, unknown parameters do not bind. */
export function runCmdlet(name: string, parameters: Parameters, tenant: SimulatedTenant, now: Date): CmdletResult {
  const cmdlet = CMDLETS[name];
  if (cmdlet === undefined || tenant.deniedCmdlets.has(name)) return { kind: 'failed', reply: cmdletNotInRole(name) };
  const stranger = Object.keys(parameters).find((parameter) => !cmdlet.parameters.includes(parameter));
  const result =
    stranger === undefined
      ? cmdlet.run(tenant, parameters, now)
      : `A parameter cannot be found that matches parameter name '${stranger}'.`;
  if (typeof result !== 'string') return { kind: 'objects', objects: result };
  const exception = 'System.Management.Automation.ParameterBindingException';
  return { kind: 'failed', reply: cmdletError(400, 'BadRequest', exception, result) };
}

function named<T extends object>(objects: readonly T[], property: keyof T) {
  return objects.map((object) => {
    const name = String(object[property]);
    return { Name: name, Identity: name, Guid: guidOf(name), ...object };
  });
}

function pick<T extends { Identity: string }>(objects: readonly T[], { Identity, ResultSize }: Parameters) {
  const found = Identity === undefined ? objects : objects.filter((object) => object.Identity === Identity);
  return typeof ResultSize === 'number' ? found.slice(0, ResultSize) : found;
}

function pageSpoofReport(tenant: SimulatedTenant, parameters: Parameters, now: Date) {
  const { Page = 1, PageSize = 1000, StartDate, EndDate, Direction = 'Inbound', Action } = parameters;
  if (!isWithin(Page, 1000)) return 'Page must be between 1 and 1000.';
  if (!isWithin(PageSize, 5000)) return 'PageSize must be between 1 and 5000.';
  const end = EndDate === undefined ? now.getTime() : Date.parse(String(EndDate));
  const begin = StartDate === undefined ? now.getTime() - 90 * DAY : Date.parse(String(StartDate));
  if (Number.isNaN(begin) || Number.isNaN(end) || begin > end) return 'StartDate and EndDate are not a period.';
  if (begin < now.getTime() - 91 * DAY) return 'StartDate is more than 90 days ago.';
  const rows = reportSpoofs(tenant).filter((row) => {
    const day = Date.parse(`${row.Date.slice(0, 10)}T00:00:00Z`);
    // A row stands for a whole day: it belongs to a period that touches the day.
    const inside = day > begin - DAY && day <= end;
    return inside && row.Direction === Direction && (Action === undefined || row.Action === Action);
  });
  return rows.slice((Page - 1) * PageSize, Page * PageSize);
}

function isWithin(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;
}
