metadata description = 'Alert rules that live outside the app, so that its silence is noticed. Every query gives a row only when something is wrong.'

@export()
@description('A webhook that Azure Monitor calls with an Entra token, so that its URL needs no secret.')
type SecureWebhook = {
  @description('Address, https.')
  uri: string
  @description('Object id of the service principal of the Entra app that protects it.')
  objectId: string
  @description('Application ID URI of that app.')
  identifierUri: string
}

@description('Azure region.')
param location string

@description('Beginning of the names of the rules.')
param namePrefix string

@description('Name of the action group.')
param actionGroupName string

@description('Resource id of the Log Analytics workspace that is queried.')
param workspaceId string

@description('Minutes between two sweeps.')
@allowed([
  15
  30
  60
  120
  180
])
param checkEveryMinutes int

@description('Addresses that are told.')
@minLength(1)
param emails string[]

@description('Webhooks that are told; Azure Monitor signs in to them with Entra ID.')
param webhooks SecureWebhook[]

@description('Tags of the resources.')
param tags object

// Only some window sizes are allowed in Azure; these are twice and four times the time between sweeps, or the next larger.
var windows = {
  minutes15: {
    missed: 'PT30M'
    failed: 'PT1H'
  }
  minutes30: {
    missed: 'PT1H'
    failed: 'PT2H'
  }
  minutes60: {
    missed: 'PT2H'
    failed: 'PT4H'
  }
  minutes120: {
    missed: 'PT4H'
    failed: 'P1D'
  }
  minutes180: {
    missed: 'PT6H'
    failed: 'P1D'
  }
}

var window = windows['minutes${checkEveryMinutes}']

var rules = [
  {
    name: 'missed-heartbeat'
    title: 'Direct Send Watch: no sweep has closed'
    description: 'No sweep closed within twice the time between sweeps. Nobody is being watched. See docs/monitoring.md.'
    severity: 0
    window: window.missed
    query: loadTextContent('../queries/alerts/missed-heartbeat.kql')
  }
  {
    name: 'failed-sweeps'
    title: 'Direct Send Watch: sweeps leave tenants without a result'
    description: 'Two of the last sweeps closed with tenants whose check never ended. See docs/monitoring.md.'
    severity: 1
    window: window.failed
    query: loadTextContent('../queries/alerts/failed-sweeps.kql')
  }
  {
    name: 'poison-messages'
    title: 'Direct Send Watch: messages in a poison queue'
    description: 'Work was given up after four attempts and waits for a person. See docs/monitoring.md.'
    severity: 1
    window: window.failed
    query: loadTextContent('../queries/alerts/poison-messages.kql')
  }
  {
    name: 'stale-tenants'
    title: 'Direct Send Watch: tenants not verified for too long'
    description: 'The setting of at least one tenant could not be read for longer than DSW_BLIND_AFTER. See docs/monitoring.md.'
    severity: 2
    window: window.failed
    query: loadTextContent('../queries/alerts/stale-tenants.kql')
  }
  {
    name: 'channel-broken'
    title: 'Direct Send Watch: an alert channel refuses alerts'
    description: 'Alerts wait because a channel refuses them. See docs/monitoring.md.'
    severity: 1
    window: window.failed
    query: loadTextContent('../queries/alerts/channel-broken.kql')
  }
  {
    name: 'sign-in-failing'
    title: 'Direct Send Watch: sign-in fails for most tenants'
    description: 'More than half of the tenants cannot be signed in to: a fault of ours, not theirs. See docs/monitoring.md.'
    severity: 0
    window: window.failed
    query: loadTextContent('../queries/alerts/sign-in-failing.kql')
  }
]

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: actionGroupName
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'DirectSend'
    enabled: true
    emailReceivers: [for (address, index) in emails: {
      name: 'mail-${index}'
      emailAddress: address
      useCommonAlertSchema: true
    }]
    webhookReceivers: [for (webhook, index) in webhooks: {
      name: 'webhook-${index}'
      serviceUri: webhook.uri
      useAadAuth: true
      objectId: webhook.objectId
      identifierUri: webhook.identifierUri
      tenantId: tenant().tenantId
      useCommonAlertSchema: true
    }]
  }
}

resource rule 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [for definition in rules: {
  name: '${namePrefix}-${definition.name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: definition.title
    description: definition.description
    severity: definition.severity
    enabled: true
    scopes: [
      workspaceId
    ]
    evaluationFrequency: 'PT15M'
    windowSize: definition.window
    autoMitigate: true
    // In a workspace made a minute ago the tables do not resolve yet; the queries are checked before they get here.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          query: definition.query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: [
        actionGroup.id
      ]
    }
  }
}]
