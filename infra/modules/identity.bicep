metadata description = 'The one identity of the app. It signs in to storage, Key Vault and telemetry, and to customers, so no secret exists for any of them.'

@description('Azure region.')
param location string

@description('Name of the identity.')
param name string

@description('Tags of the resource.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('Resource id.')
output id string = identity.id

@description('Client id: what code names when it asks for a token.')
output clientId string = identity.properties.clientId

@description('Object id of the service principal: what roles and federated credentials name.')
output principalId string = identity.properties.principalId
