import type { CorpusTenant, TableRow } from './corpus-tenant.ts';

/** A detection that somebody published, as a test of one row of EmailEvents. Rewritten from its description. */
export interface PublishedQuery {
  readonly name: string;
  flags(row: TableRow, tenant: CorpusTenant): boolean;
}

const text = (row: TableRow, column: string) => String(row[column] ?? '');
const checks = (row: TableRow): Record<string, string> => JSON.parse(text(row, 'AuthenticationDetails') || '{}');
const isInbound = (row: TableRow) => text(row, 'EmailDirection') === 'Inbound';
const hasConnector = (row: TableRow) => text(row, 'Connectors') !== '';
const isOwn = (domain: string, tenant: CorpusTenant) =>
  tenant.domains.some(({ name }) => name === domain.toLowerCase());
const isAddressed = (row: TableRow) => text(row, 'DeliveryLocation') === 'Inbox/folder';

/** The queries of the public sources that name conditions on mail; one that cannot match anything is left in to show it. */
export const PUBLISHED_QUERIES: readonly PublishedQuery[] = [
  {
    name: 'Microsoft Exchange team (inbound without connector)',
    flags: (row) => isInbound(row) && !hasConnector(row) && text(row, 'SenderIPv4') !== '',
  },
  {
    name: 'HybridBrothers (self-to-self, SPF and DMARC fail, foreign country)',
    // Countries are unknown here: the query then keeps nothing, so it is given the benefit of the doubt and keeps all.
    flags: (row) =>
      text(row, 'SenderMailFromAddress') === text(row, 'RecipientEmailAddress') &&
      checks(row).SPF === 'fail' &&
      checks(row).DMARC === 'fail' &&
      !hasConnector(row) &&
      !['Junked', 'Blocked'].includes(text(row, 'DeliveryAction')),
  },
  {
    name: 'Mirror Masquerade (self-to-self, SPF fail or softfail, DMARC fail, inbox)',
    flags: (row) =>
      text(row, 'SenderMailFromAddress') === text(row, 'RecipientEmailAddress') &&
      text(row, 'SenderFromAddress') === text(row, 'RecipientEmailAddress') &&
      ['fail', 'softfail'].includes(checks(row).SPF ?? '') &&
      ['fail', 'temperror', 'permerror'].includes(checks(row).DMARC ?? '') &&
      isAddressed(row),
  },
  {
    name: 'Dutch page, detection (own header domain, no connector)',
    flags: (row, tenant) => isInbound(row) && isOwn(text(row, 'SenderFromDomain'), tenant) && !hasConnector(row),
  },
  {
    name: 'Dutch page, authentication (any fail, softfail or none)',
    flags: (row, tenant) =>
      isInbound(row) &&
      isOwn(text(row, 'SenderFromDomain'), tenant) &&
      !hasConnector(row) &&
      /fail|softfail|none/.test(text(row, 'AuthenticationDetails')),
  },
  {
    name: 'Zenn memo (SPF fail, DKIM none, DMARC none, composite fail)',
    flags: (row, tenant) => {
      const { SPF, DKIM, DMARC, CompAuth } = checks(row);
      const named = text(row, 'SenderFromDomain').includes(tenant.domain);
      return named && SPF === 'fail' && DKIM === 'none' && DMARC === 'none' && CompAuth === 'fail';
    },
  },
  {
    name: 'gemxit (spf=fail, dmarc=fail as text)',
    flags: (row) =>
      /spf=fail|dmarc=fail/i.test(text(row, 'AuthenticationDetails')) &&
      text(row, 'SenderFromDomain') !== text(row, 'SenderMailFromDomain'),
  },
  {
    name: 'Sublime, self sender (only recipient, no pass, lure)',
    flags: (row) => {
      const { SPF, DMARC } = checks(row);
      const self = text(row, 'SenderFromAddress') === text(row, 'RecipientEmailAddress');
      return self && isInbound(row) && SPF !== 'pass' && DMARC !== 'pass' && Number(row.UrlCount) > 0;
    },
  },
];
