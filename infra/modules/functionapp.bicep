metadata description = 'The function app on Flex Consumption, with its settings. It runs as the user-assigned identity and has no publishing password.'

@description('Azure region.')
param location string

@description('Name of the plan.')
param planName string

@description('Name of the function app.')
param name string

@description('Resource id of the app\'s identity.')
param identityId string

@description('Client id of the app\'s identity.')
param identityClientId string

@description('Name of the storage account.')
param storageName string

@description('URL of the container that holds the deployment package.')
param packageContainerUrl string

@description('Name of the Application Insights component.')
param componentName string

@description('Address of the Key Vault, with a final slash.')
param vaultUri string

@description('Subnet for outbound traffic; empty for none.')
param subnetId string

@description('Resource id of the Log Analytics workspace that receives the host\'s log.')
param workspaceId string

@description('Memory of one instance.')
@allowed([
  512
  2048
  4096
])
param instanceMemoryMB int

@description('Most instances that the app may scale out to.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int

@description('What the app itself is told, by setting name.')
param appSettings object

@description('Tags of the resources.')
param tags object

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource site 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  // azd finds the app by this tag.
  tags: union(tags, {
    'azd-service-name': 'app'
  })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    // Acknowledge links open on a phone, so the app is reachable; its other endpoints need a function key.
    publicNetworkAccess: 'Enabled'
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'node'
        version: '24'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
      }
      // Recreate, not RollingUpdate: every handler may run twice and a message comes back after two minutes, so a cut run
      // loses nothing, while old and new code side by side could write two schema versions. RollingUpdate is in preview.
      // Azure documents this property since 2024-11-01, but the published type does not have it.
      #disable-next-line BCP037
      siteUpdateStrategy: {
        type: 'Recreate'
      }
    }
  }
}

resource settings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: site
  name: 'appsettings'
  properties: union(appSettings, {
    AzureWebJobsStorage__accountName: storageName
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: identityClientId
    APPLICATIONINSIGHTS_CONNECTION_STRING: component.properties.ConnectionString
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
    DSW_MANAGED_IDENTITY_CLIENT_ID: identityClientId
    DSW_VAULT_URL: vaultUri
    // Without a version, so that a rotated secret is picked up within a day or at the next restart.
    DSW_LINK_SECRET: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/dsw-link-secret)'
  })
}

resource ftpPublishing 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: site
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource scmPublishing 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: site
  name: 'scm'
  properties: {
    allow: false
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: site
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'FunctionAppLogs'
        enabled: true
      }
    ]
  }
}

@description('Name of the function app.')
output name string = site.name

@description('Host name of the function app.')
output host string = site.properties.defaultHostName
