import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { openLink } from '../shared/adapters/channels/sign-link.ts';
import { acknowledgeHeaders } from '../shared/core/alerts/acknowledge-style.ts';
import { cleanText } from '../shared/core/alerts/clean-text.ts';
import {
  ACKNOWLEDGE_DAYS,
  type AcknowledgePage,
  LONGEST_NAME,
  renderAcknowledgePage,
} from '../shared/core/alerts/render-acknowledge-page.ts';
import type { AlertContext } from '../shared/core/alerts/story.ts';
import { DAY } from '../shared/core/time.ts';
import { acknowledgeAlert } from '../shared/jobs/acknowledge-alert.ts';
import { findAlert } from '../shared/jobs/find-alert.ts';
import { type Served, serve } from './serve.ts';

// The signed link is the authority: whoever reads the card may say that they know.
app.http('acknowledge', {
  methods: ['GET', 'POST'],
  route: 'acknowledge',
  authLevel: 'anonymous',
  handler: acknowledge,
});

/** A GET shows the alert and changes nothing, because link scanners fetch it; the page's form posts back here. */
async function acknowledge(request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> {
  const served = await serve(context);
  const form = request.method === 'POST' ? new URLSearchParams(await request.text()) : null;
  const token = form?.get('token') ?? request.query.get('link') ?? '';
  const page = await decide(served, token, form);
  const status = page.state === 'refused' ? 403 : 200;
  return { status, body: renderAcknowledgePage(page), headers: acknowledgeHeaders() };
}

async function decide(served: Served, token: string, form: URLSearchParams | null): Promise<AcknowledgePage> {
  const { services, settings } = served;
  const refused = { state: 'refused', language: 'en' } as const;
  if (settings.linkSecret === null) return refused;
  const link = openLink(token, settings.linkSecret, services.now());
  if (!link.ok) return refused;
  const found = await findAlert(services, link.target.alertId, link.target.tenantId);
  const row = found?.rows.find((one) => one.channel === link.target.channel) ?? found?.rows[0];
  if (found === null || row === undefined) return refused;
  const shown = { alert: row.alert, context: await contextOf(served, link.target.channel) };

  const by = cleanText(form?.get('by') ?? '', LONGEST_NAME).trim();
  if (form === null || by === '') {
    const { acknowledged } = row;
    if (acknowledged === null) return { state: 'valid', ...shown, token };
    return { state: 'acknowledged', ...shown, token, acknowledgement: acknowledged };
  }
  const days = ACKNOWLEDGE_DAYS.find((one) => one === form.get('days')) ?? '';
  const forMilliseconds = days === '' ? null : Number(days) * DAY;
  await acknowledgeAlert(services, found, by, forMilliseconds);
  const at = services.now();
  const until = forMilliseconds === null ? null : new Date(at.getTime() + forMilliseconds).toISOString();
  return { state: 'done', ...shown, acknowledgement: { by, at: at.toISOString(), until } };
}

async function contextOf({ services, settings }: Served, channelId: string): Promise<AlertContext> {
  const channel = (await services.registry.channels()).find((one) => one.id === channelId);
  const spoken = channel === undefined || channel.type === 'webhook' ? null : channel;
  return {
    language: spoken?.language ?? 'en',
    timeZone: spoken?.timeZone ?? 'UTC',
    possibleRepeat: false,
    traffic: null,
    changedBy: null,
    links: { runbook: settings.runbookUrl },
    productName: 'Direct Send Watch',
  };
}
