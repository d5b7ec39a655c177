metadata description = 'Storage of the app: tables with the ledger, queues, and the deployment package. No shared key works on it.'

@description('Azure region.')
param location string

@description('Name of the storage account.')
param name string

@description('Redundancy. Zone redundancy keeps the ledger through the loss of a data centre; choose Standard_LRS where the region has no zones.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
  'Standard_GRS'
  'Standard_GZRS'
])
param redundancy string

@description('Whether the account answers on its public endpoint (to Entra identities with a role) or on private endpoints only.')
@allowed([
  'public'
  'private'
])
param network string

@description('Which data operations on tables are logged: changes (writes and deletions) or deletions only.')
@allowed([
  'changes'
  'deletions'
])
param auditTables string

@description('Resource id of the Log Analytics workspace that receives diagnostics.')
param workspaceId string

@description('Whether the account is locked against deletion.')
param lock bool

@description('Tags of the resources.')
param tags object

// The poison queues are declared too: the host would otherwise create them on the first failure, when nobody watches.
var queues = [
  'tenant-checks'
  'tenant-checks-poison'
  'alert-deliveries'
  'alert-deliveries-poison'
]

var tables = [
  'tenants'
  'ledger'
  'fleet'
  'traffic'
  'sweeps'
  'mailbox'
]

var packageContainer = 'app-package'

// The two azure-webjobs containers belong to the Functions host: leases and function keys.
var containers = [
  packageContainer
  'azure-webjobs-hosts'
  'azure-webjobs-secrets'
]

var tableLogs = auditTables == 'changes' ? [
  'StorageWrite'
  'StorageDelete'
] : [
  'StorageDelete'
]

resource account 'Microsoft.Storage/storageAccounts@2026-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: redundancy
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    isLocalUserEnabled: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: network == 'private' ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: network == 'private' ? 'Deny' : 'Allow'
    }
  }
}

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2026-04-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: {
      enabled: true
      days: 14
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: 14
    }
  }
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-04-01' = [for containerName in containers: {
  parent: blobService
  name: containerName
  properties: {
    publicAccess: 'None'
  }
}]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2026-04-01' = {
  parent: account
  name: 'default'
}

resource queue 'Microsoft.Storage/storageAccounts/queueServices/queues@2026-04-01' = [for queueName in queues: {
  parent: queueService
  name: queueName
}]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2026-04-01' = {
  parent: account
  name: 'default'
}

resource table 'Microsoft.Storage/storageAccounts/tableServices/tables@2026-04-01' = [for tableName in tables: {
  parent: tableService
  name: tableName
}]

resource tableDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: tableService
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [for category in tableLogs: {
      category: category
      enabled: true
    }]
  }
}

// Figures only: every poll and every handled message would be a log line, and none of them is evidence.
resource queueDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: queueService
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    metrics: [
      {
        category: 'Transaction'
        enabled: true
      }
    ]
  }
}

resource blobDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: blobService
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'StorageDelete'
        enabled: true
      }
    ]
  }
}

resource accountLock 'Microsoft.Authorization/locks@2020-05-01' = if (lock) {
  scope: account
  name: 'keep-ledger'
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds the ledger of Direct Send Watch. Remove this lock only to remove the deployment.'
  }
}

@description('Resource id of the account.')
output id string = account.id

@description('Name of the account.')
output name string = account.name

@description('URL of the container that holds the deployment package.')
output packageContainerUrl string = '${account.properties.primaryEndpoints.blob}${packageContainer}'
