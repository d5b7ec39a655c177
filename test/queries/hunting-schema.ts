/** The tables of advanced hunting that the queries use, column by column as the service documents them, and Kusto's types. */
export const HUNTING_SCHEMA = {
  EmailEvents:
    'Timestamp:datetime, NetworkMessageId:string, InternetMessageId:string, ReportId:string, EmailClusterId:long, LastEventExecutionTime:datetime, SenderMailFromAddress:string, SenderMailFromDomain:string, SenderFromAddress:string, SenderFromDomain:string, SenderDisplayName:string, SenderObjectId:string, SenderIPv4:string, SenderIPv6:string, RecipientEmailAddress:string, RecipientObjectId:string, RecipientDomain:string, To:dynamic, Cc:dynamic, DistributionList:string, Subject:string, EmailDirection:string, AttachmentCount:int, UrlCount:int, EmailLanguage:string, EmailSize:long, IsFirstContact:bool, DeliveryAction:string, DeliveryLocation:string, LatestDeliveryAction:string, LatestDeliveryLocation:string, ThreatTypes:string, ThreatNames:string, DetectionMethods:string, ConfidenceLevel:string, BulkComplaintLevel:int, EmailAction:string, EmailActionPolicy:string, OrgLevelAction:string, OrgLevelPolicy:string, UserLevelAction:string, UserLevelPolicy:string, AuthenticationDetails:string, Connectors:string, AdditionalFields:string',
  EmailAttachmentInfo:
    'Timestamp:datetime, NetworkMessageId:string, ReportId:string, SenderFromAddress:string, SenderDisplayName:string, SenderObjectId:string, RecipientEmailAddress:string, RecipientObjectId:string, FileName:string, FileType:string, SHA256:string, FileSize:long, ThreatTypes:string, ThreatNames:string, DetectionMethods:string',
  EmailUrlInfo:
    'Timestamp:datetime, NetworkMessageId:string, ReportId:string, Url:string, UrlDomain:string, UrlLocation:string',
  EmailPostDeliveryEvents:
    'Timestamp:datetime, NetworkMessageId:string, InternetMessageId:string, ReportId:string, Action:string, ActionType:string, ActionTrigger:string, ActionResult:string, RecipientEmailAddress:string, DeliveryLocation:string, ThreatTypes:string, DetectionMethods:string',
  EntraIdSignInEvents:
    'Timestamp:datetime, ErrorCode:int, IPAddress:string, AccountObjectId:string, AccountUpn:string, LogonType:string',
  SigninLogs: 'TimeGenerated:datetime, ResultType:string, IPAddress:string, UserId:string, UserPrincipalName:string',
} as const;

export type HuntingTable = keyof typeof HUNTING_SCHEMA;

/** The columns of one table as names and Kusto types. */
export function columnsOf(table: HuntingTable): { name: string; type: string }[] {
  return HUNTING_SCHEMA[table].split(', ').map((column) => {
    const [name = '', type = ''] = column.split(':');
    return { name, type };
  });
}
