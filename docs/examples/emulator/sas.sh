#!/bin/sh
# Prints a shared access signature for one hour, as a device with a symmetric key proves itself.
#
#   sas.sh ID_SCOPE REGISTRATION_ID KEY_BASE64
set -eu
resource=$1%2Fregistrations%2F$2
expiry=$(($(date +%s) + 3600))
key=$(printf %s "$3" | base64 -d | od -An -v -tx1 | tr -d ' \n')
signature=$(printf '%s\n%s' "$resource" "$expiry" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)
echo "SharedAccessSignature sr=$resource&sig=$(printf %s "$signature" | jq -Rr @uri)&se=$expiry&skn=registration"
