#!/usr/bin/env python3
"""A device's first boot: ask Berth where and when to register, then register with DPS and report.

usage: device.py BERTH_HOST:PORT CA_FILE CERTIFICATE_FILE KEY_FILE
"""
import http.client, json, ssl, sys, time

berth, ca, certificate, key = sys.argv[1:]
tls = ssl.create_default_context()
tls.load_verify_locations(ca)
tls.load_cert_chain(certificate, key)

def call(host, method, path, body=None):
    connection = http.client.HTTPSConnection(host, context=tls, timeout=30)
    connection.request(method, path, body and json.dumps(body), {"Content-Type": "application/json"})
    response = connection.getresponse()
    text = response.read()
    return response.status, float(response.headers.get("Retry-After", 2)), json.loads(text) if text else {}

while True:
    status, wait, told = call(berth, "GET", "/v1/id-scope")
    answered = time.monotonic()
    if status in (408, 429, 503):                             # queued: come back when Berth says so
        time.sleep(wait)
        continue
    if status != 200:
        sys.exit(f"{status}: {told}")
    if told["action"] == "connect":
        break
    time.sleep(told["registerAfterSeconds"])                  # the slot; DPS expects this device now
    late = time.monotonic() - answered - told["registerAfterSeconds"]
    if late <= told["registerWithinSeconds"]:                 # who woke later has lost the slot, and asks again
        break
if told["action"] == "register":
    device = f"/{told['idScope']}/registrations/{told['registrationId']}"
    status, wait, dps = call(told["globalEndpoint"], "PUT", f"{device}/register?api-version=2021-06-01",
                             {"registrationId": told["registrationId"]})
    while status == 202:                                      # DPS is still deciding
        time.sleep(wait)
        status, wait, dps = call(told["globalEndpoint"], "GET",
                                 f"{device}/operations/{dps['operationId']}?api-version=2021-06-01")
    told = dps.get("registrationState", {})
    assigned = dps.get("status") == "assigned"
    report = {"status": "assigned", "assignedHub": told["assignedHub"], "deviceId": told["deviceId"]} if assigned \
        else {"status": "failed", "errorMessage": str(dps)[:1000]}
    call(berth, "POST", "/v1/registrations/me/result", report)
    if not assigned:
        sys.exit(f"{status}: {dps}")
print(told["assignedHub"], told["deviceId"])
