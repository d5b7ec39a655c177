import { GraphError } from '@microsoft/microsoft-graph-client';
import MailComposer from 'nodemailer/lib/mail-composer';
import { renderMail } from '../../../core/alerts/render-mail.ts';
import { clean } from '../../../core/setting/interpret-answer.ts';
import type { SendResult } from '../../../jobs/services.ts';
import type { OpenGraph } from '../../microsoft365/open-graph.ts';
import { GraphNetworkError, GraphSignInError } from '../../microsoft365/open-graph.ts';
import type { ChannelSender } from '../channel-sender.ts';
import { readAnswer } from '../read-answer.ts';

/** Sends alerts as mail through Graph from a mailbox of the operator's own tenant; never by Direct Send. */
export function mailSender(openGraph: OpenGraph, homeTenantId: string | null, now: () => Date): ChannelSender<'email'> {
  const problem =
    homeTenantId === null ? 'DSW_HOME_TENANT_ID is not set: mail is sent from a mailbox of that tenant' : null;
  return {
    type: 'email',
    groups: true,
    async send(channel, { alert, context }) {
      if (homeTenantId === null) return { kind: 'refused', cause: 'misconfigured', error: problem ?? '' };
      const { subject, text, html } = renderMail(alert, context);
      const mime = await new MailComposer({
        from: channel.from,
        to: channel.to,
        subject,
        text,
        html,
        headers: { 'X-DSW-Alert': alert.id, 'Auto-Submitted': 'auto-generated' },
      })
        .compile()
        .build();
      try {
        const graph = openGraph({ id: homeTenantId, cloud: 'global' });
        await graph
          .api(`/users/${encodeURIComponent(channel.from)}/sendMail`)
          .header('Content-Type', 'text/plain')
          .post(mime.toString('base64'));
        return { kind: 'accepted', workflowRun: null };
      } catch (error) {
        return explain(error, now().getTime());
      }
    },
    async check() {
      return problem;
    },
  };
}

function explain(error: unknown, nowMs: number): SendResult {
  if (error instanceof GraphNetworkError) {
    return { kind: 'retry', after: null, mayHaveArrived: error.mayHaveArrived, error: clean(error.message) };
  }
  if (error instanceof GraphSignInError) {
    const { reason, detail } = error.finding;
    const passing = reason === 'network' || reason === 'service-error' || reason === 'throttled';
    if (passing) return { kind: 'retry', after: null, mayHaveArrived: false, error: clean(detail) };
    return { kind: 'refused', cause: 'access-denied', error: clean(detail) };
  }
  if (!(error instanceof GraphError)) throw error;
  const headers = Object.fromEntries(error.headers ?? new Headers());
  const outcome = { kind: 'answer', status: error.statusCode, headers, body: String(error.body ?? '') } as const;
  return readAnswer(outcome, nowMs, (status) => (status === 404 ? 'mailbox-rejected' : null));
}
