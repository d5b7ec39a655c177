import type { AuditRecord } from '../../simulator/tenant/tenant-records.ts';

/** A record of the audit log that says that somebody opened Direct Send; `change` makes it another one. */
export function sampleAudit(at: string, account: string, change: Readonly<Record<string, unknown>> = {}): AuditRecord {
  return {
    id: `${account} ${at}`,
    createdDateTime: at,
    operation: 'Set-OrganizationConfig',
    auditLogRecordType: 'exchangeAdmin',
    userPrincipalName: account,
    clientIp: '203.0.113.9',
    auditData: {
      ResultStatus: 'True',
      ExternalAccess: false,
      Parameters: [{ Name: 'RejectDirectSend', Value: 'False' }],
      ...change,
    },
  };
}
