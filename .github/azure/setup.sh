#!/usr/bin/env bash
# Makes what MyCount needs on Azure, for one environment; run it again after a change here: what is there already is
# kept, with its passwords and the images in service. A script of `az` commands, not a template language: it is read
# from top to bottom, and every command can be run by itself.
#
#   az login
#   GITHUB_REPOSITORY=owner/mycount .github/azure/setup.sh production
#
# The images must be in the registry (the pipeline puts them there at the first push, also without Azure) and public:
# nothing here has a password to read them with. LOCATION is where (default westeurope); PUBLIC_URL is the address that
# people use, if it is not the one that Azure gives.
#
# It makes: a resource group; a log workspace; a network with a subnet for the apps and one for the database; a
# PostgreSQL server without a public address; an identity that the pipeline signs in as, without a password; an
# environment for container apps and the three apps in it.
# shellcheck disable=SC2034 # filled_in reads variables by their names
set -euo pipefail
cd "$(dirname "$0")"

environment=${1:?staging or production}
repository=${GITHUB_REPOSITORY:?owner/name of the repository on GitHub}
location=${LOCATION:-westeurope}
images=ghcr.io/$(tr '[:upper:]' '[:lower:]' <<<"$repository")
group=mycount-$environment
APPS_NETWORK=10.20.0.0/24
database_network=10.20.1.0/28

main() {
  case $environment in staging | production) ;; *) stop "The environment is staging or production." ;; esac
  subscription=$(az account show --query id --output tsv) || stop "Run az login first."
  # A database server's name must be nobody else's in the world.
  server=mycount-$environment-$(openssl sha256 <<<"$subscription/$group" | tail -c 9)
  prepare
  make_network
  make_identity
  choose_secrets
  make_database
  make_environment
  make_app mycount "$images:latest"
  make_app prometheus "$images-prometheus:latest"
  make_app grafana "$images-grafana:latest"
  say_what_is_next
}

prepare() {
  say "Resource group $group in $location"
  local namespace
  for namespace in Microsoft.App Microsoft.OperationalInsights Microsoft.DBforPostgreSQL Microsoft.ManagedIdentity; do
    az provider register --namespace "$namespace" --wait --output none
  done
  az group create --name "$group" --location "$location" --output none
  az monitor log-analytics workspace create --resource-group "$group" --workspace-name logs \
    --retention-time 30 --output none
}

make_network() {
  say "Network"
  exists "network vnet" network ||
    az network vnet create --resource-group "$group" --name network --address-prefixes 10.20.0.0/16 --output none
  exists "network vnet subnet" apps --vnet-name network ||
    az network vnet subnet create --resource-group "$group" --vnet-name network --name apps \
      --address-prefixes "$APPS_NETWORK" --delegations Microsoft.App/environments --output none
  exists "network vnet subnet" database --vnet-name network ||
    az network vnet subnet create --resource-group "$group" --vnet-name network --name database \
      --address-prefixes "$database_network" --delegations Microsoft.DBforPostgreSQL/flexibleServers --output none
  # The server is found by name in this network, and nowhere else.
  zone=$environment.mycount.private.postgres.database.azure.com
  exists "network private-dns zone" "$zone" ||
    az network private-dns zone create --resource-group "$group" --name "$zone" --output none
  exists "network private-dns link vnet" network --zone-name "$zone" ||
    az network private-dns link vnet create --resource-group "$group" --zone-name "$zone" --name network \
      --virtual-network network --registration-enabled false --output none
}

# GitHub vouches for a job of this repository in this environment, and for nothing else. The identity may change
# container apps in this resource group (and so read their secrets); the database, the network and itself it may not.
make_identity() {
  say "Identity of the pipeline"
  az identity create --resource-group "$group" --name pipeline --output none
  az identity federated-credential create --resource-group "$group" --identity-name pipeline --name github \
    --issuer https://token.actions.githubusercontent.com --audiences api://AzureADTokenExchange \
    --subject "repo:$repository:environment:$environment" --output none
  local principal
  principal=$(az identity show --resource-group "$group" --name pipeline --query principalId --output tsv)
  az role assignment create --role "Container Apps Contributor" --output none \
    --scope "/subscriptions/$subscription/resourceGroups/$group" \
    --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal
}

# What an app has is kept: a new key would end every open invite link. What it has not is made, and is never shown.
choose_secrets() {
  local url
  if exists containerapp mycount; then
    url=$(secret mycount database-url)
    DATABASE_PASSWORD=${url#*://mycount:}
    DATABASE_PASSWORD=${DATABASE_PASSWORD%%@*}
    SECRET_KEY=$(secret mycount secret-key)
  else
    DATABASE_PASSWORD=$(openssl rand -hex 24)
    SECRET_KEY=$(openssl rand -hex 32)
  fi
  if exists containerapp grafana; then
    GRAFANA_PASSWORD=$(secret grafana admin-password)
  else
    GRAFANA_PASSWORD=$(openssl rand -hex 16)
  fi
}

# In the network, without a public address. Azure backs it up every day, and can restore any moment of two weeks.
# Passwords go to az through files (@), since other people on this machine see the arguments of a command.
make_database() {
  say "PostgreSQL server $server (some minutes when it is new)"
  if exists "postgres flexible-server" "$server"; then
    az postgres flexible-server update --resource-group "$group" --name "$server" \
      --admin-password "@"<(printf %s "$DATABASE_PASSWORD") --output none
  else
    az postgres flexible-server create --resource-group "$group" --name "$server" --location "$location" \
      --version 17 --tier Burstable --sku-name Standard_B1ms --storage-size 32 --backup-retention 14 \
      --vnet network --subnet database --private-dns-zone "$zone" \
      --admin-user mycount --admin-password "@"<(printf %s "$DATABASE_PASSWORD") --yes --output none
  fi
  az postgres flexible-server db create --resource-group "$group" --server-name "$server" --name mycount --output none
  DATABASE_HOST=$(az postgres flexible-server show --resource-group "$group" --name "$server" \
    --query fullyQualifiedDomainName --output tsv)
}

make_environment() {
  say "Environment for the apps"
  local workspace subnet
  workspace=$(az monitor log-analytics workspace show --resource-group "$group" --workspace-name logs \
    --query customerId --output tsv)
  subnet=$(az network vnet subnet show --resource-group "$group" --vnet-name network --name apps \
    --query id --output tsv)
  if ! exists "containerapp env" apps; then
    az containerapp env create --resource-group "$group" --name apps --location "$location" \
      --infrastructure-subnet-resource-id "$subnet" --logs-destination log-analytics \
      --logs-workspace-id "$workspace" --logs-workspace-key "@"<(workspace_key) --output none
  fi
  ENVIRONMENT_ID=$(az containerapp env show --resource-group "$group" --name apps --query id --output tsv)
  DOMAIN=$(az containerapp env show --resource-group "$group" --name apps \
    --query properties.defaultDomain --output tsv)
  PUBLIC_URL=${PUBLIC_URL:-https://mycount.$DOMAIN}
}

workspace_key() {
  az monitor log-analytics workspace get-shared-keys --resource-group "$group" --workspace-name logs \
    --query primarySharedKey --output tsv
}

# Updating, not creating, what is there: creating would take away a domain that was added to it.
make_app() {
  local app=$1 action=create
  say "App $app"
  IMAGE=$2
  if exists containerapp "$app"; then
    action=update
    IMAGE=$(az containerapp show --resource-group "$group" --name "$app" \
      --query "properties.template.containers[0].image" --output tsv)
  fi
  az containerapp "$action" --resource-group "$group" --name "$app" --yaml <(filled_in "$app.yaml") --output none
}

filled_in() {
  local text name
  text=$(<"$1")
  for name in ENVIRONMENT_ID IMAGE DATABASE_PASSWORD DATABASE_HOST SECRET_KEY GRAFANA_PASSWORD PUBLIC_URL DOMAIN \
    APPS_NETWORK; do
    text=${text//"\${$name}"/${!name}}
  done
  printf '%s\n' "$text"
}

# Whether there is one of this kind and name. An az that fails ends the script, and is not taken for a no.
exists() {
  local kind=$1 name=$2 found
  shift 2
  # shellcheck disable=SC2086 # a kind is several words
  found=$(az $kind list --resource-group "$group" "$@" --query "[?name=='$name'].name" --output tsv) || exit
  [[ -n $found ]]
}

secret() {
  local found
  found=$(az containerapp secret show --resource-group "$group" --name "$1" --secret-name "$2" \
    --query value --output tsv) || return
  [[ -n $found ]] || stop "The secret $2 of $1 is empty."
  echo "$found"
}

say() { echo "== $1"; }

stop() {
  echo "$1" >&2
  exit 1
}

say_what_is_next() {
  local tenant client
  tenant=$(az account show --query tenantId --output tsv)
  client=$(az identity show --resource-group "$group" --name pipeline --query clientId --output tsv)
  cat <<END

MyCount:  $PUBLIC_URL
Grafana:  https://grafana.$DOMAIN (admin; its password is printed by
          az containerapp secret show -g $group -n grafana --secret-name admin-password --query value)

On GitHub, Settings:
  Secrets and variables, Actions, Variables (they are names, not secrets):
    AZURE_SUBSCRIPTION_ID  $subscription
    AZURE_TENANT_ID        $tenant
  Environments, $environment, Environment variables:
    AZURE_CLIENT_ID        $client
    MYCOUNT_PUBLIC_URL     $PUBLIC_URL
  Environments, $environment, Deployment branches: only those that are meant for it.
END
}

main
