import type { Command } from 'commander';
import { showCount } from '../../shared/core/report/show-text.ts';
import { DAY, dayOf, later } from '../../shared/core/time.ts';
import { ASSESSMENT_WORDS, type AssessedSource } from '../../shared/core/traffic/assessed-source.ts';
import { fixGap } from '../../shared/core/traffic/fix-gap.ts';
import { pickSources } from '../../shared/core/traffic/pick-sources.ts';
import { REASON_WORDS } from '../../shared/core/traffic/reason-words.ts';
import { NO_TRAFFIC, type TrafficState } from '../../shared/core/traffic/traffic-state.ts';
import { describeTraffic } from '../documents/traffic-document.ts';
import { findTenant } from '../find-tenant.ts';
import { runWithServices } from '../run-with-services.ts';
import { EXIT, type Surface } from '../surface.ts';
import { type Paint, paintFor, plain, type Terminal } from '../terminal/terminal.ts';

const MOST_SHOWN = 40;
const BARS = ' ▁▂▃▄▅▆▇█';

/** `dsw traffic`: who sends Direct Send mail to a tenant, and what each source is taken for. */
export function registerTraffic(program: Command, surface: Surface, exit: (code: number) => void): void {
  program
    .command('traffic <tenant>')
    .description('show the sources of Direct Send mail of a tenant, as last read by dsw check')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  dsw traffic 3d1c2b4a-0000-4000-8000-000000000001')
    .action(async (id: string, options: { json?: boolean }) => {
      await runWithServices(surface, 'storage-only', async ({ services }) => {
        const tenant = await findTenant(services, id);
        const state = await services.traffic.store.state(tenant.id);
        const document = () => ({
          schemaVersion: 1,
          tenantId: tenant.id,
          name: tenant.name,
          ...describeTraffic(state),
        });
        const json = () => `${JSON.stringify(document())}\n`;
        surface.terminal.out(options.json ? json() : renderTraffic(state ?? NO_TRAFFIC, tenant.name, surface.terminal));
      });
      exit(EXIT.fine);
    });
}

function renderTraffic(state: TrafficState, name: string, terminal: Terminal): string {
  const paint = paintFor(terminal);
  const { coverage, origin, reason, detail, from, to, assessed, more } = state;
  const gap = reason === null ? '' : ` (${reason}${detail === null ? '' : `: ${plain(detail, 120)}`})`;
  const head = [
    `${paint.bold(plain(name))}: coverage ${coverage}${gap}${origin === null || coverage === 'none' ? '' : `, from ${origin}`}`,
    ...(reason === null || reason === 'not-read' ? [] : [fixGap(reason)]),
    from === null
      ? 'traffic was not read yet; dsw check reads it'
      : `${from.slice(0, 10)} to ${(to ?? '').slice(0, 16).replace('T', ' ')} UTC`,
    '',
  ];
  const sections = (['direct-send', 'header-only'] as const).flatMap((kind) => {
    const sources = assessed.filter((source) => source.class === kind);
    if (sources.length === 0) return [];
    const shown = pickSources(sources, MOST_SHOWN).flatMap((source) =>
      renderSource(source, to ?? source.lastSeen, paint),
    );
    const rest =
      sources.length > MOST_SHOWN ? [paint.dim(`… and ${sources.length - MOST_SHOWN} more; see --json`), ''] : [];
    return [paint.bold(TITLES[kind]), '', ...shown, ...rest];
  });
  const nothing =
    from !== null && assessed.length === 0
      ? [coverage === 'full' ? 'no such mail was seen' : 'no such mail was seen in what could be read']
      : [];
  return [...head, ...sections, ...nothing, ...(more > 0 ? [`… and ${more} more sources`] : []), ''].join('\n');
}

const TITLES = {
  'direct-send': 'Direct Send (envelope sender is your own; RejectDirectSend would refuse it)',
  'header-only': 'Header only (shows your address, comes from elsewhere; RejectDirectSend does not touch it)',
} as const;

function renderSource(source: AssessedSource, to: string, paint: Paint): string[] {
  const { assessment, messages, delivery, days, reasons, senders, confidence, score } = source;
  const colour = assessment === 'likely-spoof' ? paint.red : assessment === 'needs-review' ? paint.yellow : paint.green;
  const reached = delivery === null ? '' : `, ${delivery.delivered} to inboxes, ${delivery.junked} to junk`;
  const doubt = confidence === 'normal' ? '' : `, confidence ${confidence}`;
  return [
    `${paint.bold(plain(source.source, 60))}  ${colour(ASSESSMENT_WORDS[assessment])} ${paint.dim(`(${assessment}, ${showCount(score, 'point')}${doubt})`)}`,
    `  ${spark(days, to)}  ${showCount(messages, 'message')} on ${showCount(days.length, 'day')}${reached}`,
    ...(senders.length === 0 ? [] : [`  as ${senders.map((sender) => plain(sender, 60)).join(', ')}`]),
    ...reasons.map((reason) => paint.dim(`  · ${REASON_WORDS[reason]}`)),
    '',
  ];
}

/** Thirty days as thirty bars, the last one today. */
export function spark(days: readonly { readonly day: string; readonly messages: number }[], to: string): string {
  const counts = new Map(days.map(({ day, messages }) => [day, messages]));
  const most = Math.max(1, ...counts.values());
  return Array.from({ length: 30 }, (_, at) => {
    const messages = counts.get(dayOf(later(to, (at - 29) * DAY))) ?? 0;
    return BARS[messages === 0 ? 0 : Math.max(1, Math.round((messages / most) * (BARS.length - 1)))];
  }).join('');
}
