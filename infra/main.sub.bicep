targetScope = 'subscription'

metadata description = 'Thin wrapper for azd and for deployment stacks: makes the resource group and deploys main.bicep into it.'

@description('Name of the environment; azd finds the resource group by it.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Azure region; must offer Flex Consumption.')
param location string

@description('Name of the resource group.')
@minLength(1)
@maxLength(90)
param resourceGroupName string = 'rg-dsw-${environmentName}'

@description('Short code of the customer, or of the provider in a central deployment: letters, digits and hyphens.')
@minLength(2)
@maxLength(12)
param customer string

@description('How the app signs in to tenants.')
@allowed([
  'federated-identity'
  'managed-identity'
])
param credential string = 'federated-identity'

@description('Application (client) id of the sign-in app; empty for managed-identity.')
@maxLength(36)
param signInClientId string = ''

@description('Address told when the watcher itself fails.')
@minLength(3)
param alertEmail string

@description('Object id of the person or group that runs the deployment; empty for none.')
@maxLength(36)
param operatorPrincipalId string = ''

@description('What that object id is.')
@allowed([
  'Group'
  'User'
  'ServicePrincipal'
])
param operatorPrincipalType string = 'User'

@description('Whether storage and Key Vault are locked against deletion. Off here, so that azd down can remove a trial.')
param lockData bool = false

var tags = {
  'azd-env-name': environmentName
}

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: resourceGroupName
  location: location
  tags: tags
}

module main 'main.bicep' = {
  name: 'direct-send-watch'
  scope: group
  params: {
    location: location
    customer: customer
    credential: credential
    signInClientId: signInClientId
    alertEmails: [
      alertEmail
    ]
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
    lockData: lockData
    tags: tags
  }
}

@description('Name of the resource group.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Name of the function app.')
output FUNCTION_APP_NAME string = main.outputs.functionAppName

@description('Name of the Key Vault: where webhook URLs go.')
output VAULT_NAME string = main.outputs.vaultName

@description('Name of the storage account.')
output STORAGE_ACCOUNT_NAME string = main.outputs.storageAccountName

@description('Object id of the app\'s identity.')
output IDENTITY_PRINCIPAL_ID string = main.outputs.identityPrincipalId

@description('Link that an administrator of a customer opens to consent.')
output CONSENT_LINK string = main.outputs.consentLink
