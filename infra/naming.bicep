metadata description = 'The one place that names resources. Each name is unique through the token and stays within the limit of its type for customer codes of up to 12 characters.'

@export()
@description('Names of all resources of one deployment.')
type Names = {
  @description('User-assigned managed identity; at most 128 characters.')
  identity: string
  @description('Storage account; 3 to 24 lower-case letters and digits, unique in Azure.')
  storage: string
  @description('Key Vault; 3 to 24 letters, digits and hyphens, unique in Azure.')
  vault: string
  @description('Log Analytics workspace; 4 to 63 characters.')
  workspace: string
  @description('Application Insights component; at most 255 characters.')
  component: string
  @description('Flex Consumption plan; at most 40 characters.')
  plan: string
  @description('Function app; at most 60 characters, the first 32 unique per storage account, unique in Azure.')
  functionApp: string
  @description('Virtual network; at most 64 characters.')
  network: string
  @description('Action group; at most 260 characters.')
  actionGroup: string
  @description('Beginning of the names of alert rules; at most 200 characters.')
  alertRule: string
}

@export()
@description('The letters and digits of a customer code, lower case.')
func codeOf(customer string) string => toLower(replace(customer, '-', ''))

@export()
@description('Names for one customer. The token is what uniqueString() returns: 13 lower-case letters and digits.')
func namesFor(customer string, token string) Names => {
  identity: 'id-dsw-${codeOf(customer)}-${token}'
  storage: '${take('stdsw${codeOf(customer)}', 11)}${token}'
  vault: '${take('kv${codeOf(customer)}', 10)}-${token}'
  workspace: 'log-dsw-${codeOf(customer)}-${token}'
  component: 'appi-dsw-${codeOf(customer)}-${token}'
  plan: 'asp-dsw-${codeOf(customer)}-${token}'
  functionApp: 'func-${codeOf(customer)}-${token}'
  network: 'vnet-dsw-${codeOf(customer)}-${token}'
  actionGroup: 'ag-dsw-${codeOf(customer)}-${token}'
  alertRule: 'alert-dsw-${codeOf(customer)}-${token}'
}
