#!/usr/bin/env bash
# Gives the app what it needs inside one tenant, after consent. Run it in that tenant as Privileged Role Administrator
# (az login --tenant ... first). It may run again at any time.
#
#   grant-tenant.sh --app CLIENT_ID            the sign-in app, after an administrator opened the consent link
#   grant-tenant.sh --identity PRINCIPAL_ID    a managed identity of this tenant (credential managed-identity); its
#                                              permissions are granted here too, because nobody consents to an identity
set -euo pipefail

EXCHANGE='00000002-0000-0ff1-ce00-000000000000'
GRAPH='00000003-0000-0000-c000-000000000000'
# Microsoft's own app behind message traces; without it Graph answers 401 to them.
MESSAGE_TRACE='8bd644d1-64a1-4d4b-ae52-2e0cbf64e373'
GLOBAL_READER='f2ef992c-3afb-46b9-b7cf-a126ee74c451'

fail() {
  echo "grant-tenant.sh: $1" >&2
  exit 1
}

object_of() {
  az ad sp list --filter "appId eq '$1'" --query '[0].id' --output tsv
}

grant() {
  local resource=$1 role=$2 resource_object role_id held
  resource_object=$(object_of "$resource")
  role_id=$(az ad sp show --id "$resource" --query "appRoles[?value=='$role'].id | [0]" --output tsv)
  if [[ -z "$role_id" || "$role_id" == None ]]; then
    echo "  $role: not offered in this tenant, left out"
    return
  fi
  held=$(az rest --method GET --url "https://graph.microsoft.com/v1.0/servicePrincipals/$principal/appRoleAssignments" \
    --query "value[?appRoleId=='$role_id'].id | [0]" --output tsv)
  if [[ -n "$held" && "$held" != None ]]; then
    echo "  $role: granted already"
    return
  fi
  az rest --method POST --url "https://graph.microsoft.com/v1.0/servicePrincipals/$principal/appRoleAssignments" --output none \
    --body "{\"principalId\":\"$principal\",\"resourceId\":\"$resource_object\",\"appRoleId\":\"$role_id\"}"
  echo "  $role: granted"
}

[[ "${2:-}" =~ ^[0-9a-f-]{36}$ ]] || fail 'name --app CLIENT_ID or --identity PRINCIPAL_ID; see the head of this file'

case "$1" in
  --app)
    principal=$(object_of "$2")
    [[ -n "$principal" && "$principal" != None ]] || fail "the app $2 is not in this tenant; an administrator must open the consent link first" ;;
  --identity)
    principal=$2
    echo 'Permissions:'
    for role in Exchange.ManageAsApp Exchange.ManageAsAppV2; do grant "$EXCHANGE" "$role"; done
    for role in ThreatHunting.Read.All ExchangeMessageTrace.Read.All AuditLogsQuery-Exchange.Read.All; do grant "$GRAPH" "$role"; done ;;
  *) fail "unknown argument $1; see the head of this file" ;;
esac

reader=$(az rest --method GET --output tsv --query 'value[0].id' \
  --url "https://graph.microsoft.com/v1.0/roleManagement/directory/roleAssignments?\$filter=principalId eq '$principal' and roleDefinitionId eq '$GLOBAL_READER'")
if [[ -n "$reader" && "$reader" != None ]]; then
  echo 'Role Global Reader: assigned already'
else
  az rest --method POST --output none --url 'https://graph.microsoft.com/v1.0/roleManagement/directory/roleAssignments' \
    --body "{\"principalId\":\"$principal\",\"roleDefinitionId\":\"$GLOBAL_READER\",\"directoryScopeId\":\"/\"}"
  echo 'Role Global Reader: assigned (Exchange may need half an hour to see it)'
fi

trace=$(object_of "$MESSAGE_TRACE")
if [[ -n "$trace" && "$trace" != None ]]; then
  echo 'Message trace: ready'
else
  az ad sp create --id "$MESSAGE_TRACE" --output none
  echo 'Message trace: prepared (Microsoft needs up to a day)'
fi
