import { HOUR, MINUTE } from '../../shared/core/time.ts';
import { answerHunting } from '../../simulator/graph/hunting-engine.ts';
import { aadsts } from '../../simulator/sign-in/sign-in-behaviours.ts';
import type { Surface } from '../surface.ts';
import { paintFor } from '../terminal/terminal.ts';
import { DEMO_TENANTS } from './demo-fleet.ts';
import { forgedMail, scannerMail } from './demo-mail.ts';
import { type DemoStage, setDemoStage } from './demo-stage.ts';
import { showCard } from './show-card.ts';

export type RunCli = (args: readonly string[], surface: Surface) => Promise<number>;

/** One thing that happens, and the sweep that sees it. */
interface Act {
  readonly title: string;
  readonly story: string;
  /** Milliseconds since the act before. */
  readonly after: number;
  happen(stage: DemoStage): void;
}

const FABRIKAM = DEMO_TENANTS[0].id;
const CONTOSO = DEMO_TENANTS[1].id;
const ADVENTURE_WORKS = DEMO_TENANTS[4].id;
const MORNING = 'T07:00:00.000Z';

const ACTS: readonly Act[] = [
  {
    title: 'The first sweep',
    story: 'Six customers were onboarded. One has Direct Send open already.',
    after: 0,
    happen: ({ simulator, surface }) => {
      for (const { id, domains } of DEMO_TENANTS) {
        const tenant = simulator.tenant(id);
        tenant.setting = id !== ADVENTURE_WORKS;
        tenant.acceptedDomains = domains.map((name) => ({
          DomainName: name,
          DomainType: 'Authoritative',
          Default: true,
          MatchSubDomains: false,
        }));
        simulator.dns.set(domains[0], 'MX', [
          { preference: 0, exchange: `${domains[0].replace('.', '-')}.mail.protection.outlook.com` },
        ]);
      }
      simulator.hunting = (query, tenant) => answerHunting(query, { EmailEvents: tenant.mail });
      const adventure = simulator.tenant(ADVENTURE_WORKS);
      adventure.defenderPlan2 = true;
      simulator.dns.set('adventure-works.example', 'TXT', ['v=spf1 ip4:203.0.113.8/29 ~all']);
      scannerMail(adventure, 'adventure-works.example', surface.now());
    },
  },
  {
    title: 'Somebody reopens the hole for a printer',
    story: 'Between two sweeps, an administrator at Fabrikam sets RejectDirectSend to false.',
    after: 15 * MINUTE,
    happen: ({ simulator, surface }) => {
      const at = new Date(surface.now().getTime() - 4 * MINUTE).toISOString();
      simulator.tenant(FABRIKAM).setting = false;
      simulator.tenant(FABRIKAM).auditRecords.push(openedBy('admin@fabrikam.example', '203.0.113.9', at));
    },
  },
  {
    title: 'The audit log catches up',
    story: 'It comes 60 to 90 minutes late, so it is asked after 90: who was it?',
    after: 100 * MINUTE,
    happen: () => {},
  },
  {
    title: 'The open hole is used',
    story: 'Somebody writes to everybody at Adventure Works in their own name. The traffic is read every six hours.',
    after: 5 * HOUR,
    happen: ({ simulator, surface }) => {
      forgedMail(simulator.tenant(ADVENTURE_WORKS), 'adventure-works.example', surface.now());
    },
  },
  {
    title: 'A customer removes our app',
    story: 'Contoso cannot be read any more. Unknown is not permissive, so nobody is called yet …',
    after: 15 * MINUTE,
    happen: ({ simulator }) => {
      simulator.tenant(CONTOSO).consent = 'app-absent';
    },
  },
  {
    title: '… and six hours later it is blindness',
    story: 'What could not be verified for DSW_BLIND_AFTER is an alert of its own, with the fix.',
    after: 6 * HOUR + 15 * MINUTE,
    happen: () => {},
  },
  {
    title: 'Our own credential expires',
    story: 'Every tenant fails for one reason that is ours: one alert, not six.',
    after: 15 * MINUTE,
    happen: ({ simulator }) => simulator.behave('signIn', aadsts(7000222)),
  },
  {
    title: 'Everything is mended',
    story: 'The credential is renewed, Contoso consents again, Fabrikam closes the hole: one good reading.',
    after: 15 * MINUTE,
    happen: ({ simulator }) => {
      simulator.behave('signIn');
      simulator.tenant(CONTOSO).consent = 'granted';
      simulator.tenant(FABRIKAM).setting = true;
    },
  },
  {
    title: 'The second good reading',
    story: 'Only now is it believed: recovered, and how long it stood open.',
    after: 15 * MINUTE,
    happen: () => {},
  },
];

/** Plays one day of a small fleet on real protocols and writes a report. Returns the exit code. */
export async function runDemo(outer: Surface, runCli: RunCli, reportPath: string): Promise<number> {
  const { out } = outer.terminal;
  const paint = paintFor(outer.terminal);
  out(
    `${paint.bold('Direct Send Watch')}: a day of a small fleet, on a simulated Microsoft 365 and a real storage emulator.\n`,
  );
  const day = outer.now().toISOString().slice(0, 10);
  const stage = await setDemoStage(outer, new Date(`${day}${MORNING}`));
  try {
    let shown = 0;
    for (const [at, act] of ACTS.entries()) {
      stage.pass(act.after);
      act.happen(stage);
      const time = `${stage.surface.now().toISOString().slice(11, 16)} UTC`;
      out(`\n${paint.bold(`${at + 1}. ${act.title}`)}  ${paint.dim(time)}\n   ${act.story}\n\n`);
      const first = at === 0 ? ['--tenants', stage.tenantsFile] : [];
      await runCli(['check', ...first], stage.surface);
      const { posted } = stage.simulator.flow('ops');
      for (const { card } of posted.slice(shown)) out(`\n${showCard(card, paint, outer.terminal.width)}\n`);
      shown = posted.length;
    }
    out(`\n${paint.bold('Can Adventure Works be closed tonight?')}\n\n`);
    await runCli(['readiness', ADVENTURE_WORKS], stage.surface);
    out(`\n${paint.bold('What can be proved a year later')}\n\n`);
    await runCli(['history', FABRIKAM], stage.surface);
    await runCli(['report', '--out', reportPath], stage.surface);
    out(`\nThat was ${ACTS.length} sweeps and ${shown} cards. With your own tenants: see README.md, "Deploy".\n`);
    return 0;
  } finally {
    await stage.strike();
  }
}

function openedBy(account: string, clientIp: string, at: string) {
  return {
    id: 'demo-1',
    createdDateTime: at,
    operation: 'Set-OrganizationConfig',
    auditLogRecordType: 'exchangeAdmin',
    userPrincipalName: account,
    clientIp,
    auditData: {
      ResultStatus: 'True',
      ExternalAccess: false,
      Parameters: [{ Name: 'RejectDirectSend', Value: 'False' }],
    },
  };
}
