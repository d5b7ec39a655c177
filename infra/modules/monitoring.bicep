metadata description = 'Log Analytics workspace and Application Insights on it. Both take data from Entra identities only.'

@description('Azure region.')
param location string

@description('Name of the Log Analytics workspace.')
param workspaceName string

@description('Name of the Application Insights component.')
param componentName string

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param retentionInDays int

@description('Most gigabytes taken in per day; -1 for no limit. Beyond it telemetry stops until the next day, and the missed-heartbeat rule fires.')
@minValue(-1)
param dailyQuotaGb int

@description('Tags of the resources.')
param tags object

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionInDays
    workspaceCapping: {
      dailyQuotaGb: dailyQuotaGb
    }
    features: {
      disableLocalAuth: true
      enableLogAccessUsingOnlyResourcePermissions: true
    }
  }
}

resource component 'Microsoft.Insights/components@2020-02-02' = {
  name: componentName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    IngestionMode: 'LogAnalytics'
    WorkspaceResourceId: workspace.id
    // With local authentication off, the connection string is an address and no longer a credential.
    DisableLocalAuth: true
  }
}

@description('Resource id of the workspace: target of diagnostics, scope of alert rules.')
output workspaceId string = workspace.id

@description('Name of the Application Insights component.')
output componentName string = component.name
