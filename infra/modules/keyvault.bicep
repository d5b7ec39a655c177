metadata description = 'Key Vault for the few secrets that people bring: webhook URLs and the key that signs acknowledge links. It is deployed empty.'

@description('Azure region.')
param location string

@description('Name of the vault.')
param name string

@description('Whether the vault answers on its public endpoint (to Entra identities with a role) or on a private endpoint only.')
@allowed([
  'public'
  'private'
])
param network string

@description('Resource id of the Log Analytics workspace that receives the audit log.')
param workspaceId string

@description('Whether the vault is locked against deletion.')
param lock bool

@description('Tags of the resource.')
param tags object

resource vault 'Microsoft.KeyVault/vaults@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: network == 'private' ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: network == 'private' ? 'Deny' : 'Allow'
    }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'AuditEvent'
        enabled: true
      }
    ]
  }
}

resource vaultLock 'Microsoft.Authorization/locks@2020-05-01' = if (lock) {
  scope: vault
  name: 'keep-secrets'
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds the webhook URLs of Direct Send Watch. Remove this lock only to remove the deployment.'
  }
}

@description('Resource id of the vault.')
output id string = vault.id

@description('Name of the vault.')
output name string = vault.name

@description('Address of the vault, with a final slash.')
output uri string = vault.properties.vaultUri
