metadata description = 'The workbook: the layout from a file, each query from a file of its own, put together here.'

@description('Azure region.')
param location string

@description('Resource id of the Log Analytics workspace that is queried.')
param workspaceId string

@description('Title under which the workbook is listed.')
param title string

@description('Tags of the resource.')
param tags object

var layout = loadJsonContent('../workbook/fleet.workbook.json')

var queries = {
  verdicts: loadTextContent('../queries/workbook/verdicts.kql')
  oldestVerification: loadTextContent('../queries/workbook/oldest-verification.kql')
  drifts: loadTextContent('../queries/workbook/drifts.kql')
  directSend: loadTextContent('../queries/workbook/direct-send.kql')
  deliveries: loadTextContent('../queries/workbook/deliveries.kql')
  sweeps: loadTextContent('../queries/workbook/sweeps.kql')
  reasons: loadTextContent('../queries/workbook/reasons.kql')
  logVolume: loadTextContent('../queries/workbook/log-volume.kql')
}

// In the layout an item of type 3 is a query and is called as one of the queries above; any(), because items of other
// types have other names and shapes.
var items = map(any(layout.items), item => item.type == 3 ? union(item, {
  content: union(item.content, {
    query: queries[item.name]
  })
}) : item)

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  // Azure wants a GUID here; derived from group and title, a second deployment changes the same workbook. Not from the
  // workspace, whose id is known too late for a preview (what-if).
  name: guid(resourceGroup().id, title)
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    category: 'workbook'
    displayName: title
    sourceId: workspaceId
    version: layout.version
    serializedData: string(union(layout, {
      items: items
    }))
  }
}

@description('Resource id of the workbook.')
output id string = workbook.id
