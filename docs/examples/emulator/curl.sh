#!/bin/sh
# Registers one device with the emulator, by curl.
#
#   curl.sh emulator.json REGISTRATION_ID CERTIFICATE.pem KEY.pem
#   curl.sh emulator.json REGISTRATION_ID KEY_BASE64
set -eu
scope=$(jq -r '.instances[0].idScope' "$1")
device=https://$(jq -r .deviceEndpoint "$1")/$scope/registrations/$2
version=api-version=2021-06-01
ca=$(jq -r .caFile "$1")
id=$2

if [ $# = 4 ]; then
  set -- --cert "$3" --key "$4"
else
  set -- -H "Authorization: $("$(dirname "$0")/sas.sh" "$scope" "$id" "$3")"
fi
set -- -sS --cacert "$ca" -H 'Content-Type: application/json' "$@"

answer=$(curl "$@" -X PUT "$device/register?$version" -d "{\"registrationId\": \"$id\"}")
while [ "$(printf %s "$answer" | jq -r .status)" = assigning ]; do
  sleep 1 # the header Retry-After says how long
  answer=$(curl "$@" "$device/operations/$(printf %s "$answer" | jq -r .operationId)?$version")
done
printf '%s\n' "$answer"
printf %s "$answer" | jq -e '.status == "assigned"' >/dev/null
