#!/usr/bin/env bash
# Puts the few secrets of a deployment into its Key Vault. Values are read from the terminal or from standard input and
# appear neither on the command line nor in a file.
#
#   set-secrets.sh VAULT                 makes the key that signs acknowledge links, unless there is one
#   set-secrets.sh VAULT SECRET          asks for the value of SECRET, such as dsw-channel-ops-url
#   get-url | set-secrets.sh VAULT SECRET
set -euo pipefail

vault=${1:-}
secret=${2:-}

fail() {
  echo "set-secrets.sh: $1" >&2
  exit 1
}

# A role that was assigned a minute ago may not be known to the vault yet, hence the attempts.
patiently() {
  local attempt
  for attempt in 1 2 3 4 5 6 7 8 9; do
    "$@" && return
    echo "The vault refused; trying again in ${RETRY_SECONDS:-30} s (attempt $attempt of 10)." >&2
    sleep "${RETRY_SECONDS:-30}"
  done
  "$@" || fail "$vault cannot be used; you need the role Key Vault Secrets Officer on it"
}

# What az reads is a pipe, so the value is never on disk and never in the list of processes.
put() {
  printf '%s' "$2" | az keyvault secret set --vault-name "$vault" --name "$1" --file /dev/stdin --encoding utf-8 --output none
}

[[ -n "$vault" ]] || fail 'name the Key Vault (output vaultName of the deployment)'

if [[ -z "$secret" ]]; then
  known=$(patiently az keyvault secret list --vault-name "$vault" --query "[?name=='dsw-link-secret'].name | [0]" --output tsv)
  if [[ -n "$known" && "$known" != None ]]; then
    echo "dsw-link-secret is in $vault already; it is kept, because links in sent cards are signed with it."
  else
    patiently put dsw-link-secret "$(openssl rand -hex 32)"
    echo "dsw-link-secret was made in $vault."
  fi
  exit 0
fi

[[ "$secret" =~ ^[A-Za-z0-9-]{1,127}$ ]] || fail 'a secret name has letters, digits and hyphens only'
if [[ -t 0 ]]; then read -rsp "Value of $secret (not shown): " value && echo; else value=$(cat); fi
[[ -n "$value" ]] || fail "no value was given; $secret is unchanged"
patiently put "$secret" "$value"
echo "$secret is in $vault."
