#!/usr/bin/env python3
"""Registers one device with the emulator over plain MQTT. Needs paho-mqtt 1.6.

usage: mqtt.py emulator.json REGISTRATION_ID CERTIFICATE.pem KEY.pem
       mqtt.py emulator.json REGISTRATION_ID KEY_BASE64
"""
import base64, hashlib, hmac, json, queue, re, sys, time, urllib.parse
import paho.mqtt.client

file, registration_id, *credential = sys.argv[1:]
with open(file) as text:
    emulator = json.load(text)
id_scope = emulator["instances"][0]["idScope"]

def sas(key):
    """A shared access signature for one hour."""
    resource, expiry = f"{id_scope}%2Fregistrations%2F{registration_id}", int(time.time()) + 3600
    signature = hmac.digest(base64.b64decode(key), f"{resource}\n{expiry}".encode(), hashlib.sha256)
    return (f"SharedAccessSignature sr={resource}&sig={urllib.parse.quote(base64.b64encode(signature), safe='')}"
            f"&se={expiry}&skn=registration")

answers = queue.Queue()
client = paho.mqtt.client.Client(client_id=registration_id)
client.tls_set(emulator["caFile"], *(credential if len(credential) == 2 else []))
client.username_pw_set(f"{id_scope}/registrations/{registration_id}/api-version=2019-03-31",
                       sas(credential[0]) if len(credential) == 1 else None)
client.on_connect = lambda client, data, flags, code: client.subscribe("$dps/registrations/res/#", qos=1)
client.on_subscribe = lambda client, data, mid, granted: answers.put(None)
client.on_message = lambda client, data, message: answers.put(message)

host, port = emulator["mqttEndpoint"].split(":")
client.connect(host, int(port))
client.loop_start()
answers.get(timeout=30)                                       # subscribed

def ask(topic, body):
    """The answer's status, which is in its topic, the seconds to wait, and the body."""
    client.publish(topic, json.dumps(body) if body else None, qos=1)
    answer = answers.get(timeout=30)
    status, parameters = re.fullmatch(r"\$dps/registrations/res/(\d+)/\?(.*)", answer.topic).groups()
    wait = urllib.parse.parse_qs(parameters).get("retry-after", ["2"])[0]
    return int(status), int(wait), json.loads(answer.payload)

status, wait, told = ask("$dps/registrations/PUT/iotdps-register/?$rid=1", {"registrationId": registration_id})
while status == 202:
    time.sleep(wait)
    operation = told["operationId"]
    status, wait, told = ask(f"$dps/registrations/GET/iotdps-get-operationstatus/?$rid=2&operationId={operation}", None)
client.disconnect()
print(json.dumps(told))
sys.exit(0 if told.get("status") == "assigned" else 1)
