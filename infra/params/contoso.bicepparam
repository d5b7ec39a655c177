// One customer in the customer's own subscription: the data stays there, and the identity signs in to its own tenant.
using '../main.bicep'

param customer = 'contoso'

param credential = 'managed-identity'

// The list of tenants is this one tenant; its channel names a Key Vault secret and holds none.
param tenants = loadJsonContent('contoso.tenants.json')

param checkEveryMinutes = 30

param alertEmails = [
  'msp-oncall@fabrikam.example'
  'it@contoso.example'
]

param network = 'private'
param networkAddressPrefix = '10.120.8.0/24'

param tags = {
  product: 'direct-send-watch'
  customer: 'contoso'
}
