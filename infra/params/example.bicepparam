// One central deployment for all customers of a provider. Copy this file, or params/contoso.bicepparam for one customer.
using '../main.bicep'

param customer = 'fabrikam'

// The sign-in app of docs/sign-in-app.md; this one does not exist.
param credential = 'federated-identity'
param signInClientId = '11111111-1111-1111-1111-111111111111'

// People outside the watched tenants, told when the watcher itself fails.
param alertEmails = [
  'oncall@fabrikam.example'
]

// The group that imports tenants and sets webhook URLs.
param operatorPrincipalId = '22222222-2222-2222-2222-222222222222'
param operatorPrincipalType = 'Group'

param tags = {
  product: 'direct-send-watch'
  customer: 'fabrikam'
}
