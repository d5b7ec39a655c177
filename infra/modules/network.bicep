metadata description = 'Optional: a virtual network, the app\'s way into it, and private endpoints for storage and Key Vault.'

@description('Azure region.')
param location string

@description('Name of the virtual network; also the beginning of the names of its endpoints.')
param name string

@description('Address space, at least a /25: half for the app\'s instances, half for the private endpoints.')
param addressPrefix string

@description('Resource id of a NAT gateway, for a fixed outbound address that customers can allow in their Conditional Access; empty for Azure\'s default.')
param natGatewayId string

@description('Resource id of the storage account.')
param storageId string

@description('Resource id of the Key Vault.')
param vaultId string

@description('Tags of the resources.')
param tags object

var endpoints = [
  {
    group: 'blob'
    target: storageId
    zone: 'privatelink.blob.${environment().suffixes.storage}'
  }
  {
    group: 'queue'
    target: storageId
    zone: 'privatelink.queue.${environment().suffixes.storage}'
  }
  {
    group: 'table'
    target: storageId
    zone: 'privatelink.table.${environment().suffixes.storage}'
  }
  {
    group: 'vault'
    target: vaultId
    zone: replace(environment().suffixes.keyvaultDns, '.vault.', 'privatelink.vaultcore.')
  }
]

resource network 'Microsoft.Network/virtualNetworks@2025-09-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [
        addressPrefix
      ]
    }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 0)
          // The app must reach Microsoft's public endpoints, with or without a gateway of the customer's own.
          defaultOutboundAccess: empty(natGatewayId)
          natGateway: empty(natGatewayId) ? null : {
            id: natGatewayId
          }
          delegations: [
            {
              name: 'flex-consumption'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 1)
          defaultOutboundAccess: false
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }
}

resource appSubnet 'Microsoft.Network/virtualNetworks/subnets@2025-09-01' existing = {
  parent: network
  name: 'app'
}

resource endpointSubnet 'Microsoft.Network/virtualNetworks/subnets@2025-09-01' existing = {
  parent: network
  name: 'endpoints'
}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = [for endpoint in endpoints: {
  name: endpoint.zone
  location: 'global'
  tags: tags
}]

resource zoneLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [for (endpoint, index) in endpoints: {
  parent: zone[index]
  name: name
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: {
      id: network.id
    }
  }
}]

resource privateEndpoint 'Microsoft.Network/privateEndpoints@2025-09-01' = [for endpoint in endpoints: {
  name: 'pe-${name}-${endpoint.group}'
  location: location
  tags: tags
  properties: {
    subnet: {
      id: endpointSubnet.id
    }
    privateLinkServiceConnections: [
      {
        name: endpoint.group
        properties: {
          privateLinkServiceId: endpoint.target
          groupIds: [
            endpoint.group
          ]
        }
      }
    ]
  }
}]

resource zoneGroup 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-09-01' = [for (endpoint, index) in endpoints: {
  parent: privateEndpoint[index]
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      {
        name: endpoint.group
        properties: {
          privateDnsZoneId: zone[index].id
        }
      }
    ]
  }
  dependsOn: [
    zoneLink
  ]
}]

@description('Subnet into which the function app is integrated.')
output appSubnetId string = appSubnet.id
