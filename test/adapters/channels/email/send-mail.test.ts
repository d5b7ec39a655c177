import { mailSender } from '../../../../shared/adapters/channels/email/send-mail.ts';
import type { HttpOutcome, HttpRequest, SendRequest } from '../../../../shared/adapters/http/send-request.ts';
import { openGraph } from '../../../../shared/adapters/microsoft365/open-graph.ts';
import type { SignIn, SignInResult } from '../../../../shared/adapters/microsoft365/sign-in.ts';
import type { NamedChannel } from '../../../../shared/core/registry/tenant.ts';
import { type Reason, unknown } from '../../../../shared/core/setting/reading.ts';
import { alertsOfEveryKind, contextOf } from '../../../support/alerts-of-every-kind.ts';

const HOME = '00000000-0000-4000-8000-000000000001';
const NOW = new Date('2026-11-20T08:00:00Z');
const CHANNEL = {
  id: 'mail',
  type: 'email',
  from: 'alerts@msp.example',
  to: ['soc@msp.example', 'on-call@msp.example'],
};
const ENDPOINTS = { authority: null, exchange: null, graph: null, dnsServers: [], webhookHosts: [] };

const sample = alertsOfEveryKind().find((one) => one.alert.facts.kind === 'drifted')!;

function answer(status: number, headers: Record<string, string> = {}, body = ''): HttpOutcome {
  const type = body.startsWith('{') ? 'application/json' : 'text/html';
  return { kind: 'answer', status, headers: { 'content-type': type, ...headers }, body };
}

/** Sends one mail through the SDK; Graph answers so, and sign-in gave that. */
async function sendMail(
  outcome: HttpOutcome,
  signedIn: SignInResult = { ok: true, token: 'TOKEN' },
  alert = sample.alert,
) {
  const sent: HttpRequest[] = [];
  const send: SendRequest = async (request) => {
    sent.push(request);
    return outcome;
  };
  const signIn: SignIn = { token: async () => signedIn, forget: () => {} };
  const limits = { answerWithin: 1000, largestAnswer: 1000, retries: 0, signal: AbortSignal.timeout(60_000) };
  const sender = mailSender(
    (tenant) => openGraph(tenant, ENDPOINTS, signIn, send, limits),
    HOME,
    () => NOW,
  );
  const context = contextOf({ ...sample, alert }, 'en');
  const result = await sender.send(CHANNEL as NamedChannel & { type: 'email' }, { alert, context, shrink: 0 });
  return { result, sent };
}

describe('a mail', () => {
  it('goes out from the mailbox of the operator, as text and as HTML', async () => {
    const { result, sent } = await sendMail(answer(202));
    expect(result).toEqual({ kind: 'accepted', workflowRun: null });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      method: 'POST',
      url: 'https://graph.microsoft.com/v1.0/users/alerts%40msp.example/sendMail',
      headers: { 'content-type': 'text/plain', authorization: 'Bearer TOKEN' },
    });
    const mime = Buffer.from(sent[0]?.body ?? '', 'base64').toString('utf8');
    expect(mime).toMatch(/^From: alerts@msp\.example\r$/m);
    expect(mime).toMatch(/^To: soc@msp\.example, on-call@msp\.example\r$/m);
    expect(mime).toMatch(new RegExp(`^X-DSW-Alert: ${sample.alert.id}\r$`, 'im'));
    expect(mime).toMatch(/multipart\/alternative/);
    expect(mime).toMatch(/Content-Type: text\/plain/);
    expect(mime).toMatch(/Content-Type: text\/html/);
  });

  it('has no header that its texts brought along', async () => {
    const name = 'Fabrikam\r\nBcc: thief@evil.example\r\n\r\n<b>body</b>';
    const alert = { ...sample.alert, tenant: { id: HOME, name, domains: [`x\r\nBcc: thief@evil.example`] } };
    const { sent } = await sendMail(answer(202), undefined, alert);
    const [head = ''] = Buffer.from(sent[0]?.body ?? '', 'base64')
      .toString('utf8')
      .split('\r\n\r\n');
    expect(head).not.toMatch(/^bcc:/im);
    expect(head.match(/^subject:/gim)).toHaveLength(1);
  });
});

describe('what Graph answers', () => {
  const error = (code: string) => JSON.stringify({ error: { code, message: 'SECRET text' } });
  const rows: [string, HttpOutcome, object][] = [
    [
      '429 with a pause',
      answer(429, { 'retry-after': '40' }, error('TooManyRequests')),
      { kind: 'retry', after: 40_000 },
    ],
    ['429 as a web page', answer(429, { 'retry-after': '40' }, '<html>'), { kind: 'retry', after: 40_000 }],
    ['503', answer(503, {}, error('serviceNotAvailable')), { kind: 'retry', after: null, mayHaveArrived: false }],
    ['502 as a web page', answer(502, {}, '<html>'), { kind: 'retry', after: null, mayHaveArrived: true }],
    ['403', answer(403, {}, error('ErrorAccessDenied')), { kind: 'refused', cause: 'access-denied' }],
    [
      '404: no such mailbox',
      answer(404, {}, error('ErrorInvalidUser')),
      { kind: 'refused', cause: 'mailbox-rejected' },
    ],
    [
      'nothing: the connection was cut',
      { kind: 'failed', cause: 'network', mayHaveArrived: true, fault: 'graph.microsoft.com: the connection was cut' },
      { kind: 'retry', after: null, mayHaveArrived: true },
    ],
    [
      'nothing: it was not reached',
      { kind: 'failed', cause: 'network', mayHaveArrived: false, fault: 'graph.microsoft.com: refused' },
      { kind: 'retry', after: null, mayHaveArrived: false },
    ],
  ];
  it.each(rows)('%s', async (_what, outcome, expected) => {
    const { result } = await sendMail(outcome);
    expect(result).toMatchObject(expected);
    expect(JSON.stringify(result)).not.toMatch(/SECRET|TOKEN/);
  });
});

describe('a sign-in that fails', () => {
  it.each<[Reason, 'retry' | 'refused']>([
    ['network', 'retry'],
    ['service-error', 'retry'],
    ['throttled', 'retry'],
    ['consent-missing', 'refused'],
    ['role-missing', 'refused'],
    ['credential-rejected', 'refused'],
  ])('for %s: the mail is %s', async (reason, kind) => {
    const finding = unknown(reason, 'why') as Extract<SignInResult, { ok: false }>['finding'];
    const { result, sent } = await sendMail(answer(202), { ok: false, finding });
    expect(result).toMatchObject(
      kind === 'refused' ? { kind, cause: 'access-denied' } : { kind, mayHaveArrived: false },
    );
    expect(sent).toEqual([]);
  });
});

it('without a home tenant there is no mailbox to send from', async () => {
  const noGraph = () => {
    throw new Error('Graph must not be opened');
  };
  const sender = mailSender(noGraph, null, () => NOW);
  const channel = CHANNEL as NamedChannel & { type: 'email' };
  expect(await sender.check(channel)).toMatch('DSW_HOME_TENANT_ID');
  const context = contextOf(sample, 'en');
  expect(await sender.send(channel, { alert: sample.alert, context, shrink: 0 })).toMatchObject({
    kind: 'refused',
    cause: 'misconfigured',
  });
});
