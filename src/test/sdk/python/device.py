#!/usr/bin/env python3
"""Registers one device with the emulator, by the official SDK.

usage: device.py emulator.json mqtt|mqtt_ws REGISTRATION_ID KEY_BASE64
       device.py emulator.json mqtt|mqtt_ws REGISTRATION_ID CERTIFICATE.pem KEY.pem
"""
import json, sys
from azure.iot.device import ProvisioningDeviceClient, ProxyOptions, X509

file, protocol, registration_id, *credential = sys.argv[1:]
with open(file) as text:
    emulator = json.load(text)
with open(emulator["caFile"]) as text:
    ca = text.read()

# The SDK knows ports 8883 and 443 only: through the emulator's proxy it finds DPS there, under its real name.
proxy_host, proxy_port = emulator["proxyEndpoint"].split(":")
options = {
    "provisioning_host": "global.azure-devices-provisioning.net",
    "registration_id": registration_id,
    "id_scope": emulator["instances"][0]["idScope"],
    "server_verification_cert": ca,
    "proxy_options": ProxyOptions("HTTP", proxy_host, int(proxy_port)),
    "websockets": protocol == "mqtt_ws",
}
if len(credential) == 1:
    client = ProvisioningDeviceClient.create_from_symmetric_key(symmetric_key=credential[0], **options)
else:
    client = ProvisioningDeviceClient.create_from_x509_certificate(x509=X509(*credential), **options)

client.provisioning_payload = {"modelId": "dtmi:example:Pump;1"}
result = client.register()
state = result.registration_state
print(json.dumps({"status": result.status, "assignedHub": state.assigned_hub, "deviceId": state.device_id, "substatus": state.sub_status}))
