import { wordsIn } from '../../shared/core/alerts/words/words.ts';
import { count, type Paint, paintFor, plain, renderTable, type Terminal } from '../terminal/terminal.ts';
import type { CheckDocument } from './check-document.ts';

type TenantLine = CheckDocument['tenants'][number];

const WORST_FIRST = { permissive: 0, unknown: 1, enforced: 2 } as const;
/** Tenants that are fine are counted, not listed, when there are more than this. */
const MOST_FINE_LISTED = 20;

/** A sweep for a person: what is wrong first, then what is fine, then what became of the alerts. */
export function renderCheck(document: CheckDocument, terminal: Terminal): string {
  const paint = paintFor(terminal);
  const sorted = [...document.tenants].sort((one, other) => WORST_FIRST[one.verdict] - WORST_FIRST[other.verdict]);
  const fine = sorted.filter((tenant) => tenant.verdict === 'enforced' && tenant.transition === 'none');
  const hidden = fine.length > MOST_FINE_LISTED ? new Set(fine) : new Set<TenantLine>();
  const rows = sorted.filter((tenant) => !hidden.has(tenant)).map((tenant) => rowOf(tenant, paint));
  const { summary } = document;
  const parts = [
    paint.green(`${summary.enforced} enforced`),
    (summary.permissive > 0 ? paint.red : paint.dim)(`${summary.permissive} permissive`),
    (summary.unknown > 0 ? paint.yellow : paint.dim)(`${summary.unknown} unknown`),
    ...(summary.excepted > 0 ? [paint.cyan(`${summary.excepted} excepted`)] : []),
  ];
  const alerts = document.tenants.flatMap((tenant) =>
    tenant.alerts.map((line) => `  ${alertLine(line, tenant.name, paint)}`),
  );
  const fleet = document.alerts.map((line) => `  ${alertLine(line, 'fleet', paint)}`);
  return [
    ...(rows.length === 0 ? [] : [renderTable(['TENANT', 'VERDICT', 'CHANGE', 'SINCE / WHY'], rows, paint)]),
    ...(hidden.size === 0 ? [] : [paint.dim(`… and ${hidden.size} more, enforced as before`)]),
    '',
    `${count(summary.tenants, 'tenant')}: ${parts.join(', ')}`,
    ...(alerts.length + fleet.length === 0 ? [] : ['alerts:', ...fleet, ...alerts]),
    '',
  ].join('\n');
}

function rowOf(tenant: TenantLine, paint: Paint): string[] {
  return [
    plain(tenant.name, 40),
    verdictWord(tenant, paint),
    tenant.transition === 'none' ? '' : tenant.transition,
    why(tenant),
  ];
}

function verdictWord({ verdict, excepted }: TenantLine, paint: Paint): string {
  switch (verdict) {
    case 'enforced':
      return paint.green('enforced');
    case 'permissive':
      return excepted ? paint.cyan('permissive (excepted)') : paint.red(paint.bold('PERMISSIVE'));
    case 'unknown':
      return paint.yellow('unknown');
  }
}

function why(tenant: TenantLine): string {
  if (tenant.verdict === 'unknown') {
    const seen = tenant.verifiedAt === null ? 'never verified' : `last verified ${shortTime(tenant.verifiedAt)}`;
    return tenant.reason === null ? seen : `${tenant.reason}, ${seen}\n${wordsIn('en').cause[tenant.reason]}`;
  }
  if (tenant.window !== undefined) {
    const { notBefore, notAfter } = tenant.window;
    const since =
      notBefore === null
        ? `seen since ${shortTime(notAfter)}`
        : `between ${shortTime(notBefore)} and ${shortTime(notAfter)}`;
    return tenant.verdict === 'enforced' ? `${since}; one more good reading closes it` : since;
  }
  return '';
}

function alertLine(
  line: { id: string; kind: string; channel: string; status: string },
  name: string,
  paint: Paint,
): string {
  const status = line.status === 'accepted' ? paint.green('accepted') : paint.yellow(line.status);
  return `${status}  ${line.kind}  ${plain(name, 40)}  → ${line.channel}  ${paint.dim(line.id)}`;
}

function shortTime(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`;
}
