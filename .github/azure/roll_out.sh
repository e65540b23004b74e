#!/usr/bin/env bash
# Puts an image into service on Azure Container Apps: makes a revision of it, waits until Azure finds that healthy and
# until it answers from outside. Otherwise it prints the revision's logs, leaves or puts the revision before back in
# service, and exits with 1.
#
#   RESOURCE_GROUP=mycount-production .github/azure/roll_out.sh APP IMAGE@DIGEST FOLDER [PATH]
#
# FOLDER is what the image was built from: a revision is named after its content, so that what has not changed is not
# rolled out again (each revision of Prometheus begins with an empty memory). PATH is asked for from outside, at
# ADDRESS, or at the address that Azure gives the app; without it nothing is asked, as for Prometheus, which only its
# neighbours reach.
set -euo pipefail

app=${1:?the name of the container app}
image=${2:?the image, by its digest}
folder=${3:?the folder that the image was built from}
path=${4:-}
group=${RESOURCE_GROUP:?the resource group of the container app}
patience=${PATIENCE:-600} # seconds, for Azure and for the answer from outside each
pause=${PAUSE:-5}

main() {
  [[ $image == *@sha256:* ]] || stop "$image has no digest: a tag may mean another image tomorrow"
  local content before revision
  content=$(name_of_content)
  before=$(in_service)
  if [[ $before == "$app--$content"* ]]; then
    if await answers; then
      echo "$before is in service already, made of the same content."
      return
    fi
    show_logs "$before"
    stop "$before is in service already, made of the same content, and DOES NOT ANSWER."
  fi
  # A revision's name is never used again, also when this commit is tried again.
  revision=$app--$content-${GITHUB_RUN_NUMBER:-0}-${GITHUB_RUN_ATTEMPT:-$(date +%s)}
  echo "Rolling out $revision; in service now: ${before:-nothing}."
  az containerapp update --name "$app" --resource-group "$group" --image "$image" \
    --revision-suffix "${revision#"$app"--}" --output none
  if await is_healthy "$revision" && await answers; then
    echo "$revision is in service."
    return
  fi
  show_logs "$revision"
  put_back "$before"
  stop "$revision did not come into service."
}

name_of_content() {
  if [[ $folder == . ]]; then
    git rev-parse --short=12 HEAD
  else
    git rev-parse --short=12 "HEAD:$folder"
  fi
}

# The revision that people are served by. That is not always the one that became ready last: that one may have been
# taken out again, because it did not answer.
in_service() {
  local said
  # shellcheck disable=SC2016 # the expression is for Azure
  said=$(az containerapp revision list --name "$app" --resource-group "$group" --output tsv \
    --query '[?properties.active && properties.trafficWeight > `0`].name | [-1]') || return
  [[ $said == None ]] || echo "$said"
}

# What Azure says of the app; nothing where there is none.
ask() {
  local said
  said=$(az containerapp show --name "$app" --resource-group "$group" --query "$1" --output tsv) || return
  [[ $said == None ]] || echo "$said"
}

# Tries a command until it succeeds. Exit code 2 says that it never will.
await() {
  local last=$((SECONDS + patience)) code
  while true; do
    code=0
    "$@" || code=$?
    ((code != 0)) || return 0
    ((code != 2 && SECONDS < last)) || return 1
    sleep "$pause"
  done
}

# In single revision mode, the traffic goes to the revision that became ready last.
is_healthy() {
  local health running provisioned
  IFS=$'\t' read -r health running provisioned < <(
    az containerapp revision show --name "$app" --resource-group "$group" --revision "$1" --output tsv \
      --query "[properties.[healthState, runningState, provisioningState]]"
  ) || return 1
  echo "  $1: $health, $running, $provisioned"
  [[ $provisioned != Failed && $running != ActivationFailed ]] || return 2
  [[ $health == Healthy && $(ask properties.latestReadyRevisionName) == "$1" ]]
}

answers() {
  [[ -n $path ]] || return 0
  local address=${ADDRESS:-https://$(ask properties.configuration.ingress.fqdn)}
  curl --fail --silent --show-error --location --max-time 10 --output /dev/null "${address%/}$path"
}

# Azure's own of the app, such as why an image could not be pulled, and what the revision said itself.
show_logs() {
  echo "--- the last system logs of $app"
  az containerapp logs show --name "$app" --resource-group "$group" --type system --tail 50 ||
    echo "(there are none)"
  echo "--- the last console logs of $1"
  az containerapp logs show --name "$app" --resource-group "$group" --revision "$1" --tail 100 --format text ||
    echo "(no replica runs; the log workspace has what earlier ones said: table ContainerAppConsoleLogs_CL)"
}

# Azure leaves the old revision in service until the new one is ready. Activating it says so once more, and brings it
# back where the new one was ready, but is not what people should see.
put_back() {
  [[ -n $1 ]] || return 0
  az containerapp revision activate --name "$app" --resource-group "$group" --revision "$1" --output none
  if await answers; then
    echo "$1, which was there before, serves."
  else
    echo "$1, which was there before, DOES NOT ANSWER EITHER."
  fi
}

stop() {
  echo "${GITHUB_ACTIONS:+::error::}$1" >&2
  exit 1
}

main
