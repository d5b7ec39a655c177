import { GraphError } from '@microsoft/microsoft-graph-client';
import type { Examiner } from '../../jobs/diagnose-tenant.ts';
import type { Endpoints } from '../config/settings.ts';
import type { SendRequest } from '../http/send-request.ts';
import { classifyGraphFault } from './classify-graph-fault.ts';
import { addressesOf } from './clouds.ts';
import { isAuditOff } from './is-audit-off.ts';
import type { OpenGraph } from './open-graph.ts';
import type { SignIn } from './sign-in.ts';

/** What the examiner is made of. */
export interface ExaminerParts {
  readonly signIn: SignIn;
  readonly openGraph: OpenGraph;
  readonly send: SendRequest;
  readonly endpoints: Endpoints;
  readonly now: () => Date;
}

const PATIENCE = 30_000;

/** Asks each service one small question, so that `dsw doctor` can say which of them works. */
export function openExaminer({ signIn, openGraph, send, endpoints, now }: ExaminerParts): Examiner {
  const asking = async (ask: () => Promise<unknown>) => {
    try {
      await ask();
      return null;
    } catch (error) {
      return classifyGraphFault(error);
    }
  };
  return {
    async signIn(tenant) {
      const result = await signIn.token(tenant, 'exchange', AbortSignal.timeout(PATIENCE));
      return result.ok ? null : result.finding;
    },
    async hunting(tenant) {
      const graph = openGraph(tenant);
      const query = (text: string) => () => graph.api('/security/runHuntingQuery').post({ Query: text });
      // Needs no table, so it tells permission from licence.
      return (await asking(query('print x=1'))) ?? (await asking(query('EmailEvents | take 1')));
    },
    messageTrace(tenant) {
      const to = now();
      const from = new Date(to.getTime() - 3_600_000);
      const filter = `receivedDateTime ge ${toSecond(from)} and receivedDateTime le ${toSecond(to)}`;
      const path = '/admin/exchange/tracing/messageTraces';
      return asking(() => openGraph(tenant).api(path).query({ $filter: filter, $top: '1' }).get());
    },
    async audit(tenant) {
      const to = now();
      const from = new Date(to.getTime() - 60_000);
      const body = {
        displayName: 'Direct Send Watch doctor',
        filterStartDateTime: toSecond(from),
        filterEndDateTime: toSecond(to),
        recordTypeFilters: ['exchangeAdmin'],
        operationFilters: ['Set-OrganizationConfig'],
      };
      let off = false;
      const fault = await asking(() =>
        openGraph(tenant)
          .api('/security/auditLog/queries')
          .post(body)
          .catch((error: unknown) => {
            off = error instanceof GraphError && isAuditOff(error.body);
            throw error;
          }),
      );
      return off ? 'audit-disabled' : fault;
    },
    async clockSkew() {
      const { authority } = addressesOf('global', endpoints);
      const url = `${authority}/common/v2.0/.well-known/openid-configuration`;
      const outcome = await send(
        { method: 'GET', url, headers: {} },
        { answerWithin: 10_000, largestBody: 256 * 1024 },
      );
      const date = outcome.kind === 'answer' ? Date.parse(outcome.headers.date ?? '') : Number.NaN;
      return Number.isNaN(date) ? null : now().getTime() - date;
    },
  };
}

function toSecond(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
