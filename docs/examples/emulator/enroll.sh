#!/bin/sh
# Makes a CA and three devices in the current folder, and enrolls them with the emulator.
#
#   enroll.sh emulator.json
set -eu
instance=$(jq -r '.adminUrl + "/instances/" + .instances[0].idScope' "$1")

put() { # what, its attestation
  printf '{"attestation": %s}' "$2" | curl -sS --fail-with-body -o /dev/null -X PUT "$instance/$1" -d @-
}

by_key() { # base64
  printf '{"type": "symmetricKey", "symmetricKey": {"primaryKey": "%s"}}' "$1"
}

# device-1 has a certificate: its common name is its registration ID, and every device below the CA may register
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj '/CN=My CA' \
  -keyout my-ca.key -out my-ca.pem 2>/dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj '/CN=device-1' \
  -keyout device-1.key -out device-1.csr 2>/dev/null
openssl x509 -req -in device-1.csr -CA my-ca.pem -CAkey my-ca.key -CAcreateserial -days 30 -out device-1.pem 2>/dev/null
put enrollmentGroups/my-fleet \
  "$(jq -n --rawfile ca my-ca.pem '{type: "x509", x509: {signingCertificates: {primary: {certificate: $ca}}}}')"

# device-2 has a key of its own
openssl rand -base64 32 >device-2.key
put enrollments/device-2 "$(by_key "$(cat device-2.key)")"

# device-3 has a key that is derived from its group's: the HMAC of its registration ID
group_key=$(openssl rand -base64 32)
put enrollmentGroups/my-keys "$(by_key "$group_key")"
hex=$(printf %s "$group_key" | base64 -d | od -An -v -tx1 | tr -d ' \n')
printf device-3 | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$hex" -binary | base64 >device-3.key
