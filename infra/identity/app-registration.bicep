extension microsoftGraphV1

metadata description = 'The multi-tenant sign-in app: no secret, the managed identity of a deployment is its credential. Needs Bicep 0.36.1 or newer, the network, and the Entra role Application Administrator. create-app.sh does the same.'

@description('Name that administrators of customers see when they consent.')
@minLength(1)
@maxLength(120)
param displayName string = 'Direct Send Watch'

@description('Key by which a second deployment finds the same app.')
@minLength(1)
@maxLength(60)
param uniqueName string = 'direct-send-watch'

@description('Object id of the deployment\'s managed identity (output identityPrincipalId of main.bicep); empty in the first run, before it exists.')
param identityPrincipalId string = ''

@description('Page on which the customer\'s administrator lands after consent. It is told the tenant id and whether consent was given, nothing else.')
param consentReturnUrl string = 'https://entra.microsoft.com/'

// Read by value, not by id: the id of ManageAsAppV2 is not published, and a role that a cloud does not have is left out.
var exchangeRoles = [
  'Exchange.ManageAsApp'
  'Exchange.ManageAsAppV2'
]

var graphRoles = [
  'ThreatHunting.Read.All'
  'ExchangeMessageTrace.Read.All'
  'AuditLogsQuery-Exchange.Read.All'
]

resource exchange 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: '00000002-0000-0ff1-ce00-000000000000'
}

resource graph 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: '00000003-0000-0000-c000-000000000000'
}

resource app 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: uniqueName
  displayName: displayName
  description: 'Reads whether Direct Send is rejected, and who uses it. Writes nothing.'
  signInAudience: 'AzureADMultipleOrgs'
  servicePrincipalLockConfiguration: {
    isEnabled: true
    allProperties: true
  }
  web: {
    redirectUris: [
      consentReturnUrl
    ]
  }
  requiredResourceAccess: [
    {
      resourceAppId: exchange.appId
      resourceAccess: map(filter(exchange.appRoles, role => contains(exchangeRoles, role.value)), role => {
        id: role.id
        type: 'Role'
      })
    }
    {
      resourceAppId: graph.appId
      resourceAccess: map(filter(graph.appRoles, role => contains(graphRoles, role.value)), role => {
        id: role.id
        type: 'Role'
      })
    }
  ]
}

resource trust 'Microsoft.Graph/applications/federatedIdentityCredentials@v1.0' = if (!empty(identityPrincipalId)) {
  name: '${app.uniqueName}/identity-${identityPrincipalId}'
  description: 'The managed identity of the deployment signs in as this app.'
  audiences: [
    'api://AzureADTokenExchange'
  ]
  issuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
  subject: identityPrincipalId
}

resource servicePrincipal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: app.appId
}

@description('Client id: parameter signInClientId of main.bicep.')
output clientId string = app.appId

@description('Object id of the app in this tenant.')
output servicePrincipalId string = servicePrincipal.id

@description('Link that an administrator of a customer opens, with TENANT replaced by the customer\'s tenant id.')
output consentLink string = '${environment().authentication.loginEndpoint}TENANT/adminconsent?client_id=${app.appId}'

@description('How many of the five permissions this cloud knows; four without Exchange.ManageAsAppV2.')
output permissionCount int = length(filter(exchange.appRoles, role => contains(exchangeRoles, role.value))) + length(filter(graph.appRoles, role => contains(graphRoles, role.value)))
