import { randomUUID } from 'node:crypto';
import type { HttpRequest } from '../http/send-request.ts';

/** One of the two ways to ask Exchange for the organisation's configuration; either may disappear. */
export interface ExchangeWay {
  readonly name: 'invoke-command' | 'admin-api';
  /** The request without its bearer. */
  request(tenantId: string, baseUrl: string): HttpRequest;
}

/** Any mailbox of the organisation routes the request; this one exists in every tenant (sheet, section 2). */
const SYSTEM_MAILBOX = 'SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}';
const USER_AGENT = 'direct-send-watch';

/** A cmdlet through InvokeCommand: unsupported by Microsoft, and what its own PowerShell module does. */
export function invokeCommand(
  tenantId: string,
  baseUrl: string,
  cmdlet: string,
  parameters: Readonly<Record<string, unknown>>,
  select?: string,
): HttpRequest {
  const query = select === undefined ? '' : `?$select=${select}`;
  return {
    method: 'POST',
    url: `${baseUrl}/adminapi/beta/${tenantId}/InvokeCommand${query}`,
    headers: {
      ...commonHeaders(tenantId),
      prefer: 'odata.maxpagesize=1000',
      'x-responseformat': 'json',
    },
    body: JSON.stringify({ CmdletInput: { CmdletName: cmdlet, Parameters: parameters } }),
  };
}

/** Way A of the sheet. */
export const INVOKE_COMMAND: ExchangeWay = {
  name: 'invoke-command',
  request: (tenantId, baseUrl) => invokeCommand(tenantId, baseUrl, 'Get-OrganizationConfig', {}, 'RejectDirectSend'),
};

/** Way B of the sheet: official, in preview, and without this setting once it is generally available. */
export const ADMIN_API: ExchangeWay = {
  name: 'admin-api',
  request: (tenantId, baseUrl) => ({
    method: 'POST',
    url: `${baseUrl}/adminapi/v2.0/${tenantId}/OrganizationConfig`,
    headers: commonHeaders(tenantId),
    body: JSON.stringify({ CmdletInput: { CmdletName: 'Get-OrganizationConfig' } }),
  }),
};

function commonHeaders(tenantId: string): Record<string, string> {
  return {
    accept: 'application/json',
    'accept-encoding': 'identity',
    'content-type': 'application/json; charset=utf-8',
    'x-anchormailbox': `APP:${SYSTEM_MAILBOX}@${tenantId}`,
    'client-request-id': randomUUID(),
    'user-agent': USER_AGENT,
  };
}
