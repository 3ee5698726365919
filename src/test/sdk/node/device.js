// Registers one device with the emulator, by the official SDK.
//
//   NODE_EXTRA_CA_CERTS=ca.pem node device.js emulator.json https|mqtt|mqtt_ws REGISTRATION_ID KEY_BASE64
//   NODE_EXTRA_CA_CERTS=ca.pem node device.js emulator.json https|mqtt|mqtt_ws REGISTRATION_ID CERTIFICATE.pem KEY.pem
const fs = require('fs');
const { Http: HttpBase } = require('azure-iot-http-base');
const { MqttBase } = require('azure-iot-mqtt-base');
const { ProvisioningDeviceClient } = require('azure-iot-provisioning-device');
const { Http } = require('azure-iot-provisioning-device-http');
const { Mqtt, MqttWs } = require('azure-iot-provisioning-device-mqtt');
const { SymmetricKeySecurityClient } = require('azure-iot-security-symmetric-key');
const { X509Security } = require('azure-iot-security-x509');
const { HttpsProxyAgent } = require('https-proxy-agent');

const [file, protocol, registrationId, credential, keyFile] = process.argv.slice(2);
const emulator = JSON.parse(fs.readFileSync(file));

// Over HTTPS and WebSocket the SDK knows port 443 only: through the emulator's proxy it finds DPS there, under its real name.
const proxy = new HttpsProxyAgent(`http://${emulator.proxyEndpoint}`);
const global = 'global.azure-devices-provisioning.net';
const transports = {
  https: () => {
    const base = new HttpBase();
    base.setOptions({ http: { agent: proxy } });
    return [global, new Http(base)];
  },
  mqtt: () => [emulator.mqttEndpoint, new Mqtt()],
  mqtt_ws: () => {
    const base = new MqttBase();
    base.setOptions({ mqtt: { webSocketAgent: proxy } });
    return [global, new MqttWs(base)];
  },
};
const [host, transport] = transports[protocol]();

const security = keyFile
  ? new X509Security(registrationId, { cert: fs.readFileSync(credential, 'utf8'), key: fs.readFileSync(keyFile, 'utf8') })
  : new SymmetricKeySecurityClient(registrationId, credential);

const client = ProvisioningDeviceClient.create(host, emulator.instances[0].idScope, transport, security);
client.setProvisioningPayload({ modelId: 'dtmi:example:Pump;1' });
client.register((error, result) => {
  if (error) console.error(error.name, error.message, error.responseBody ?? '', JSON.stringify(error.result ?? ''));
  else console.log(JSON.stringify(result));
  process.exit(error ? 1 : 0);
});
