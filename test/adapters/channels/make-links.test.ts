import { makeLinks } from '../../../shared/adapters/channels/make-links.ts';
import { openLink } from '../../../shared/adapters/channels/sign-link.ts';
import { readSettings } from '../../../shared/adapters/config/settings.ts';
import { alertsOfEveryKind } from '../../support/alerts-of-every-kind.ts';

const SECRET = 'a-secret-of-more-than-32-characters';
const NOW = new Date('2026-11-20T08:00:00Z');

function linksOf(kind: string, env: Record<string, string>) {
  const settings = readSettings({ AzureWebJobsStorage: 'UseDevelopmentStorage=true', ...IDENTITY, ...env });
  const { alert } = alertsOfEveryKind().find((one) => one.alert.facts.kind === kind)!;
  const outgoing = { alert, possibleRepeat: false, shrink: 0, traffic: null, changedBy: null };
  return { alert, links: makeLinks(settings, () => NOW)(outgoing, 'ops') };
}

const IDENTITY = { DSW_CREDENTIAL: 'managed-identity' };
const PUBLIC = { DSW_PUBLIC_URL: 'https://watch.example', DSW_LINK_SECRET: SECRET };

describe('the links of a card', () => {
  it('lead to the runbook of its kind', () => {
    const { links } = linksOf('drifted', { DSW_RUNBOOK_URL: 'https://wiki.example/dsw/' });
    expect(links).toEqual({ runbook: 'https://wiki.example/dsw/drifted.md' });
  });

  it('lead to the page that acknowledges this very alert', () => {
    const { alert, links } = linksOf('drifted', PUBLIC);
    const page = new URL(links.acknowledge ?? '');
    expect(page.origin + page.pathname).toBe('https://watch.example/api/acknowledge');
    const opened = openLink(page.searchParams.get('link') ?? '', SECRET, NOW);
    expect(opened).toEqual({ ok: true, target: { tenantId: alert.tenant?.id, alertId: alert.id, channel: 'ops' } });
    expect(links.evidence).toBe(`${links.acknowledge}#evidence`);
  });

  it.each([
    ['without an address', { DSW_LINK_SECRET: SECRET }],
    ['without a secret', { DSW_PUBLIC_URL: 'https://watch.example' }],
  ])('do not lead to the app %s', (_what, env) => {
    expect(Object.keys(linksOf('drifted', env).links)).toEqual(['runbook']);
  });

  it('of an alert about the fleet have nothing to acknowledge', () => {
    expect(Object.keys(linksOf('fleet-blind', PUBLIC).links)).toEqual(['runbook']);
  });
});
