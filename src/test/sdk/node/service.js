// Administers an instance of the emulator by the official service SDK: everything it offers, once.
//
//   NODE_EXTRA_CA_CERTS=ca.pem node service.js emulator.json CA.pem
const assert = require('assert');
const fs = require('fs');
const https = require('https');
const { ProvisioningServiceClient } = require('azure-iot-provisioning-service');
const { HttpsProxyAgent } = require('https-proxy-agent');

const [file, caFile] = process.argv.slice(2);
const emulator = JSON.parse(fs.readFileSync(file));

// The SDK knows port 443 only: through the emulator's proxy it finds the instance there, under its real name.
https.globalAgent = new HttpsProxyAgent(`http://${emulator.proxyEndpoint}`);
const connectionString = emulator.instances[0].serviceConnectionStringForProxy;
const client = ProvisioningServiceClient.fromConnectionString(connectionString);

const key = (letter) => Buffer.alloc(64, letter).toString('base64');
const byKey = (registrationId) => ({
  registrationId,
  attestation: { type: 'symmetricKey', symmetricKey: { primaryKey: key('a'), secondaryKey: key('b') } },
});
const group = {
  enrollmentGroupId: 'node-fleet',
  attestation: { type: 'x509', x509: { signingCertificates: { primary: { certificate: fs.readFileSync(caFile, 'utf8') } } } },
  provisioningStatus: 'enabled',
};

async function pages(query) {
  const all = [];
  do {
    const { responseBody } = await query.next(query.continuationToken);
    all.push(responseBody);
  } while (query.hasMoreResults);
  return all;
}

/** The SDK's promise of a bulk operation never settles, so it is given a callback. */
function bulk(mode, enrollments) {
  return new Promise((resolve, reject) => {
    client.runBulkEnrollmentOperation({ mode, enrollments }, (error, result) => (error ? reject(error) : resolve(result)));
  });
}

async function refused(status, call) {
  await assert.rejects(call, (error) => error.response.statusCode === status);
}

const steps = {
  async individualEnrollments() {
    const made = (await client.createOrUpdateIndividualEnrollment(byKey('node-1'))).responseBody;
    assert.ok(made.etag);
    const changed = (await client.createOrUpdateIndividualEnrollment({ ...made, deviceId: 'pump' })).responseBody;
    assert.notStrictEqual(changed.etag, made.etag);
    assert.strictEqual((await client.getIndividualEnrollment('node-1')).responseBody.deviceId, 'pump');
    await refused(412, client.createOrUpdateIndividualEnrollment({ ...made, deviceId: 'valve' }));
    await refused(412, client.deleteIndividualEnrollment(made));
    await client.deleteIndividualEnrollment(changed);
    await refused(404, client.getIndividualEnrollment('node-1'));
  },
  async keysAreToldOnlyWhenAskedFor() {
    await client.createOrUpdateIndividualEnrollment(byKey('node-1'));
    const attestation = (await client.getIndividualEnrollmentAttestationMechanism('node-1')).responseBody;
    assert.strictEqual(attestation.symmetricKey.primaryKey, key('a'));
    await client.deleteIndividualEnrollment('node-1');
  },
  async enrollmentGroups() {
    const made = (await client.createOrUpdateEnrollmentGroup(group)).responseBody;
    const changed = (await client.createOrUpdateEnrollmentGroup({ ...made, provisioningStatus: 'disabled' })).responseBody;
    assert.strictEqual((await client.getEnrollmentGroup('node-fleet')).responseBody.provisioningStatus, 'disabled');
    await refused(412, client.createOrUpdateEnrollmentGroup(made));
    assert.strictEqual((await client.getEnrollmentGroupAttestationMechanism('node-fleet')).responseBody.type, 'x509');
    await client.deleteEnrollmentGroup('node-fleet', changed.etag);
    await refused(404, client.getEnrollmentGroup('node-fleet'));
  },
  async bulkAndPages() {
    const enrollments = ['node-1', 'node-2', 'node-3'].map(byKey);
    assert.strictEqual((await bulk('create', enrollments)).isSuccessful, true);
    const again = await bulk('create', enrollments);
    assert.strictEqual(again.isSuccessful, false);
    assert.strictEqual(again.errors.length, 3);
    const found = await pages(client.createIndividualEnrollmentQuery({ query: '*' }, 2));
    assert.ok(found.length >= 2 && found.every((page) => page.length <= 2));
    assert.ok(enrollments.every((one) => found.flat().some((other) => other.registrationId === one.registrationId)));
    assert.strictEqual((await bulk('delete', enrollments)).isSuccessful, true);
  },
  async registrations() {
    const [page] = await pages(client.createEnrollmentGroupDeviceRegistrationStateQuery({ query: '*' }, 'fleet'));
    const { registrationId } = page[0];
    assert.strictEqual((await client.getDeviceRegistrationState(registrationId)).responseBody.status, 'assigned');
    await client.deleteDeviceRegistrationState(registrationId);
    await refused(404, client.getDeviceRegistrationState(registrationId));
  },
  async aWrongKeyOpensNothing() {
    const stranger = connectionString.replace(/SharedAccessKey=.*/, `SharedAccessKey=${key('z')}`);
    await refused(401, ProvisioningServiceClient.fromConnectionString(stranger).getEnrollmentGroup('fleet'));
  },
};

(async () => {
  for (const [name, step] of Object.entries(steps)) {
    await step();
    console.log(name);
  }
  process.exit(0);
})();
