import type { Command } from 'commander';
import type { BreakingSource } from '../../shared/core/posture/judge-readiness.ts';
import { showCount } from '../../shared/core/report/show-text.ts';
import type { TrafficState } from '../../shared/core/traffic/traffic-state.ts';
import { type ReadinessView, viewReadiness } from '../../shared/jobs/view-readiness.ts';
import { describeReadiness } from '../documents/traffic-document.ts';
import { findTenant } from '../find-tenant.ts';
import { runWithServices } from '../run-with-services.ts';
import { EXIT, type Surface } from '../surface.ts';
import { type Paint, paintFor, plain, type Terminal } from '../terminal/terminal.ts';

/** `dsw readiness`: would anything break if Direct Send were rejected; after closing, what has gone silent. */
export function registerReadiness(program: Command, surface: Surface, exit: (code: number) => void): void {
  program
    .command('readiness <tenant>')
    .description('show what would break if Direct Send were rejected today, and what would keep it working')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  dsw readiness 3d1c2b4a-0000-4000-8000-000000000001')
    .action(async (id: string, options: { json?: boolean }) => {
      await runWithServices(surface, 'storage-only', async ({ services }) => {
        const tenant = await findTenant(services, id);
        const view = await viewReadiness(services, tenant.id);
        const json = () => `${JSON.stringify(describe(tenant.id, tenant.name, view))}\n`;
        surface.terminal.out(options.json ? json() : render(tenant.name, view, surface.terminal));
      });
      exit(EXIT.fine);
    });
}

function describe(tenantId: string, name: string, { verdict, traffic, exposures, goneSilent }: ReadinessView) {
  return {
    schemaVersion: 1,
    tenantId,
    name,
    setting: verdict,
    ...describeReadiness(traffic),
    sources: breakingOf(traffic),
    exposures,
    goneSilent,
  };
}

/** What would break; of traffic that cannot be read any more nothing is said. */
function breakingOf({ coverage, readiness }: TrafficState): readonly BreakingSource[] {
  return coverage === 'none' ? [] : (readiness?.wouldBreak ?? []);
}

function render(name: string, view: ReadinessView, terminal: Terminal): string {
  const paint = paintFor(terminal);
  const { verdict, why } = describeReadiness(view.traffic);
  const lines = [
    `${paint.bold(plain(name))}: ${wordsFor(verdict, paint)}`,
    ...why.map((sentence) => `  ${plain(sentence, 400)}`),
    '',
    ...breakingOf(view.traffic).flatMap((source) => [
      `${paint.bold(plain(source.source, 60))}  ${source.assessment}, ${showCount(source.messages, 'message')} on ${showCount(source.days, 'day')}, last ${showMinute(source.lastSeen)}`,
      ...(source.remedy.command === null ? [] : [`  ${paint.cyan(plain(source.remedy.command, 600))}`]),
      `  ${plain(source.remedy.advice, 400)}`,
      '',
    ]),
    `A  Direct Send: ${view.exposures.directSend}   B  delivery past a gateway: ${view.exposures.gatewayBypass}`,
    ...view.exposures.notes.map((note) => `  ${plain(note, 300)}`),
    ...(view.goneSilent.length === 0 ? [] : ['', 'Silent since Direct Send was rejected:']),
    ...view.goneSilent.map(
      (source) =>
        `  ${plain(source.source, 60)}  ${source.assessment}, used to send on ${showCount(source.days, 'day')}, last ${showMinute(source.lastSeen)}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function wordsFor(verdict: 'ready' | 'not-ready' | 'unknown', paint: Paint): string {
  switch (verdict) {
    case 'ready':
      return paint.green('ready: nothing that was seen would break');
    case 'not-ready':
      return paint.red('not ready: these sources would be rejected');
    case 'unknown':
      return paint.yellow('unknown');
  }
}

function showMinute(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`;
}
