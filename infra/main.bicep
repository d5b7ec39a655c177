metadata description = 'Direct Send Watch in one resource group: for one customer in the customer\'s subscription, or for all customers in the provider\'s.'

import { namesFor } from 'naming.bicep'
import { SecureWebhook } from 'modules/alerts.bicep'

@description('Azure region; must offer Flex Consumption.')
param location string = resourceGroup().location

@description('Short code of the customer, or of the provider in a central deployment: letters, digits and hyphens. It is part of every name.')
@minLength(2)
@maxLength(12)
param customer string

@description('How the app signs in to tenants: federated-identity (one multi-tenant app, many tenants) or managed-identity (the identity itself, its own tenant only).')
@allowed([
  'federated-identity'
  'managed-identity'
])
param credential string = 'federated-identity'

@description('Application (client) id of the sign-in app; needed for federated-identity, empty for managed-identity.')
@maxLength(36)
param signInClientId string = ''

@description('Tenant in which the sign-in app is registered.')
@minLength(36)
@maxLength(36)
param signInTenantId string = tenant().tenantId

@description('A tenants file (docs/tenants.schema.json) as an object, merged into the registry at every sweep; empty when tenants are imported with dsw. It names secrets and holds none.')
param tenants object = {}

@description('Minutes between two sweeps. The schedule and the windows of the alert rules follow it.')
@allowed([
  15
  30
  60
  120
  180
])
param checkEveryMinutes int = 15

@description('How old traffic may be before it is read again, such as 6h.')
@minLength(2)
@maxLength(6)
param trafficEvery string = '6h'

@description('How long a tenant may be unreadable before people are told, such as 6h.')
@minLength(2)
@maxLength(6)
param blindAfter string = '6h'

@description('How long the first alert of a sweep waits for others, so that they go out together.')
@minLength(2)
@maxLength(6)
param groupWait string = '60s'

@description('Days that history and traffic are kept in the tables; seven years by default.')
@minValue(1)
@maxValue(36500)
param historyDays int = 2555

@description('How often each channel is told that all is well. Off lets a Teams workflow die of silence after 90 days.')
@allowed([
  'daily'
  'weekly'
  'monthly'
  'off'
])
param heartbeat string = 'weekly'

@description('Whether samples of sender and recipient addresses are stored with traffic.')
param storeSamples bool = true

@description('Webhook hosts allowed beside Microsoft\'s, host or host:port.')
param webhookHosts string[] = []

@description('Base of the links in alerts when the app has a domain of its own, such as https://dsw.example.com; empty for the app\'s own host name.')
param publicUrl string = ''

@description('Base of the runbook links in alerts; empty for this project\'s own runbooks.')
param runbookUrl string = ''

@description('Addresses told when the watcher itself fails. Best not in a tenant that it watches.')
@minLength(1)
param alertEmails string[]

@description('Webhooks told when the watcher itself fails, each protected by an Entra app. Not a URL with a secret in it.')
param alertWebhooks SecureWebhook[] = []

@description('Object id of the people who run the deployment, best a group: they may write secrets, tables and queues. Empty for none.')
@maxLength(36)
param operatorPrincipalId string = ''

@description('What that object id is.')
@allowed([
  'Group'
  'User'
  'ServicePrincipal'
])
param operatorPrincipalType string = 'Group'

@description('public: storage and Key Vault answer on the internet to Entra identities with a role. private: on private endpoints only.')
@allowed([
  'public'
  'private'
])
param network string = 'public'

@description('Address space of the virtual network when network is private; at least a /25 that nothing else uses.')
@minLength(9)
@maxLength(18)
param networkAddressPrefix string = '10.90.0.0/24'

@description('Resource id of a NAT gateway for a fixed outbound address when network is private; empty for none.')
param natGatewayId string = ''

@description('Redundancy of the storage account; Standard_LRS where the region has no zones.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
  'Standard_GRS'
  'Standard_GZRS'
])
param storageRedundancy string = 'Standard_ZRS'

@description('Which data operations on tables are logged. At thousands of tenants deletions alone cost much less.')
@allowed([
  'changes'
  'deletions'
])
param auditTables string = 'changes'

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('Most gigabytes of logs per day; -1 for no limit.')
@minValue(-1)
param dailyLogQuotaGb int = 5

@description('Memory of one instance in megabytes.')
@allowed([
  512
  2048
  4096
])
param instanceMemoryMB int = 2048

@description('Most instances that the app may scale out to.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Whether storage and Key Vault are locked against deletion.')
param lockData bool = true

@description('Tags of all resources.')
param tags object = {}

var names = namesFor(customer, uniqueString(resourceGroup().id, customer))

var schedules = {
  minutes15: '0 */15 * * * *'
  minutes30: '0 */30 * * * *'
  minutes60: '0 0 * * * *'
  minutes120: '0 0 */2 * * *'
  minutes180: '0 0 */3 * * *'
}

// An empty value would be a setting that is there and says nothing, so optional settings are left out instead.
var appSettings = union(
  {
    DSW_CREDENTIAL: credential
    DSW_HOME_TENANT_ID: signInTenantId
    DSW_CHECK_SCHEDULE: schedules['minutes${checkEveryMinutes}']
    DSW_TRAFFIC_EVERY: trafficEvery
    DSW_BLIND_AFTER: blindAfter
    DSW_GROUP_WAIT: groupWait
    DSW_HISTORY_DAYS: string(historyDays)
    DSW_HEARTBEAT: heartbeat
    DSW_STORE_SAMPLES: storeSamples ? 'true' : 'false'
  },
  empty(signInClientId) ? {} : { DSW_CLIENT_ID: signInClientId },
  empty(tenants) ? {} : { DSW_TENANTS: string(tenants) },
  empty(webhookHosts) ? {} : { DSW_WEBHOOK_HOSTS: join(webhookHosts, ',') },
  empty(publicUrl) ? {} : { DSW_PUBLIC_URL: publicUrl },
  empty(runbookUrl) ? {} : { DSW_RUNBOOK_URL: runbookUrl }
)

module identity 'modules/identity.bicep' = {
  name: 'identity'
  params: {
    location: location
    name: names.identity
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    location: location
    workspaceName: names.workspace
    componentName: names.component
    retentionInDays: logRetentionDays
    dailyQuotaGb: dailyLogQuotaGb
    tags: tags
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: {
    location: location
    name: names.storage
    redundancy: storageRedundancy
    network: network
    auditTables: auditTables
    workspaceId: monitoring.outputs.workspaceId
    lock: lockData
    tags: tags
  }
}

module vault 'modules/keyvault.bicep' = {
  name: 'vault'
  params: {
    location: location
    name: names.vault
    network: network
    workspaceId: monitoring.outputs.workspaceId
    lock: lockData
    tags: tags
  }
}

module privateNetwork 'modules/network.bicep' = if (network == 'private') {
  name: 'network'
  params: {
    location: location
    name: names.network
    addressPrefix: networkAddressPrefix
    natGatewayId: natGatewayId
    storageId: storage.outputs.id
    vaultId: vault.outputs.id
    tags: tags
  }
}

module roles 'modules/rbac.bicep' = {
  name: 'roles'
  params: {
    principalId: identity.outputs.principalId
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
    storageName: storage.outputs.name
    vaultName: vault.outputs.name
    componentName: monitoring.outputs.componentName
  }
}

module app 'modules/functionapp.bicep' = {
  name: 'app'
  params: {
    location: location
    planName: names.plan
    name: names.functionApp
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    packageContainerUrl: storage.outputs.packageContainerUrl
    componentName: monitoring.outputs.componentName
    vaultUri: vault.outputs.uri
    subnetId: network == 'private' ? privateNetwork!.outputs.appSubnetId : ''
    workspaceId: monitoring.outputs.workspaceId
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    appSettings: appSettings
    tags: tags
  }
  // Without its roles the app could not read its own package.
  dependsOn: [
    roles
  ]
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    location: location
    namePrefix: names.alertRule
    actionGroupName: names.actionGroup
    workspaceId: monitoring.outputs.workspaceId
    checkEveryMinutes: checkEveryMinutes
    emails: alertEmails
    webhooks: alertWebhooks
    tags: tags
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  params: {
    location: location
    workspaceId: monitoring.outputs.workspaceId
    title: 'Direct Send Watch (${customer})'
    tags: tags
  }
}

@description('Name of the function app: where the package goes.')
output functionAppName string = app.outputs.name

@description('Host name of the function app.')
output functionAppHost string = app.outputs.host

@description('Name of the storage account: what dsw needs to work on this deployment.')
output storageAccountName string = storage.outputs.name

@description('Name of the Key Vault: where webhook URLs go.')
output vaultName string = vault.outputs.name

@description('Object id of the app\'s identity: what the sign-in app must trust, or what is granted in the one tenant.')
output identityPrincipalId string = identity.outputs.principalId

@description('Link that an administrator of a customer opens to consent, with TENANT replaced by the customer\'s tenant id; empty for managed-identity.')
output consentLink string = empty(signInClientId) ? '' : '${environment().authentication.loginEndpoint}TENANT/adminconsent?client_id=${signInClientId}'

@description('Resource id of the workbook.')
output workbookId string = workbook.outputs.id
