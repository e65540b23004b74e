#!/usr/bin/env bash
# Gives images that are in the registry the tag `latest` too.
#
#   .github/azure/call_latest.sh IMAGE@DIGEST...
set -euo pipefail

for image in "$@"; do
  docker buildx imagetools create --tag "${image%@*}:latest" "$image"
done
