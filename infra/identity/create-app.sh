#!/usr/bin/env bash
# Registers the multi-tenant sign-in app with the Azure CLI: the same as app-registration.bicep, for people who cannot use
# the Graph extension. Run it in the provider's tenant as Application Administrator (az login --tenant ... first).
# It may run again at any time: what is there is kept, what is missing is added.
#
#   create-app.sh                        registers the app and prints its client id
#   create-app.sh --trust PRINCIPAL_ID   also lets that managed identity sign in as the app
set -euo pipefail

NAME='Direct Send Watch'
RETURN_URL='https://entra.microsoft.com/'
EXCHANGE='00000002-0000-0ff1-ce00-000000000000'
GRAPH='00000003-0000-0000-c000-000000000000'
EXCHANGE_ROLES=(Exchange.ManageAsApp Exchange.ManageAsAppV2)
GRAPH_ROLES=(ThreatHunting.Read.All ExchangeMessageTrace.Read.All AuditLogsQuery-Exchange.Read.All)

fail() {
  echo "create-app.sh: $1" >&2
  exit 1
}

trust=''
case "${1:-}" in
  '') ;;
  --trust) trust="${2:-}"
    [[ "$trust" =~ ^[0-9a-f-]{36}$ ]] || fail '--trust needs the object id of the identity (output identityPrincipalId of the deployment), lower case' ;;
  *) fail "unknown argument $1; see the head of this file" ;;
esac

tenant=$(az account show --query tenantId --output tsv)

# A permission is looked up by its name, because ids differ between clouds; one that the cloud does not have is left out.
permissions_of() {
  local resource=$1 ids='' role id
  shift
  for role in "$@"; do
    id=$(az ad sp show --id "$resource" --query "appRoles[?value=='$role'].id | [0]" --output tsv)
    if [[ -z "$id" || "$id" == None ]]; then
      echo "  $role: not offered in this cloud, left out" >&2
      continue
    fi
    echo "  $role" >&2
    ids+="${ids:+,}{\"id\":\"$id\",\"type\":\"Role\"}"
  done
  echo "{\"resourceAppId\":\"$resource\",\"resourceAccess\":[$ids]}"
}

echo 'Permissions asked of customers:' >&2
access="[$(permissions_of "$EXCHANGE" "${EXCHANGE_ROLES[@]}"),$(permissions_of "$GRAPH" "${GRAPH_ROLES[@]}")]"

client=$(az ad app list --display-name "$NAME" --query "[?displayName=='$NAME'].appId | [0]" --output tsv)
if [[ -z "$client" || "$client" == None ]]; then
  client=$(az ad app create --display-name "$NAME" --sign-in-audience AzureADMultipleOrgs \
    --web-redirect-uris "$RETURN_URL" --required-resource-accesses "$access" --query appId --output tsv)
  az ad sp create --id "$client" --output none
  echo "Registered \"$NAME\"." >&2
else
  az ad app update --id "$client" --required-resource-accesses "$access" --output none
  echo "\"$NAME\" is registered already; its permissions are up to date." >&2
fi

# The instance property lock: nobody can add a credential of his own to the app inside a customer's tenant.
az rest --method PATCH --url "https://graph.microsoft.com/v1.0/applications(appId='$client')" --output none \
  --body '{"servicePrincipalLockConfiguration":{"isEnabled":true,"allProperties":true}}'

if [[ -n "$trust" ]]; then
  known=$(az ad app federated-credential list --id "$client" --query "[?subject=='$trust'].name | [0]" --output tsv)
  if [[ -z "$known" || "$known" == None ]]; then
    az ad app federated-credential create --id "$client" --output none --parameters "{
      \"name\": \"identity-$trust\",
      \"issuer\": \"https://login.microsoftonline.com/$tenant/v2.0\",
      \"subject\": \"$trust\",
      \"audiences\": [\"api://AzureADTokenExchange\"]
    }"
    echo "The identity $trust may now sign in as the app." >&2
  else
    echo "The identity $trust may sign in as the app already." >&2
  fi
fi

echo "signInClientId: $client"
echo "consent link:   https://login.microsoftonline.com/TENANT/adminconsent?client_id=$client"
