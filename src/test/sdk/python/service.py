#!/usr/bin/env python3
"""Administers an instance of the emulator by the official service SDK: everything it offers, once.

It takes host and port from the connection string as they are, and trusts the CA that REQUESTS_CA_BUNDLE names.

usage: REQUESTS_CA_BUNDLE=ca.pem service.py emulator.json CA.pem
"""
import base64, json, sys
from provisioningserviceclient import (
    BulkEnrollmentOperation, EnrollmentGroup, IndividualEnrollment, ProvisioningServiceClient, QuerySpecification)
from provisioningserviceclient.client import ProvisioningServiceError
from provisioningserviceclient.models import AttestationMechanism
from provisioningserviceclient.protocol.models import SymmetricKeyAttestation

file, ca_file = sys.argv[1:]
with open(file) as text:
    connection_string = json.load(text)["instances"][0]["serviceConnectionString"]
with open(ca_file) as text:
    ca = text.read()
client = ProvisioningServiceClient.create_from_connection_string(connection_string)

def key(letter):
    return base64.b64encode(letter * 64).decode()

def by_key(registration_id):
    symmetric_key = SymmetricKeyAttestation(primary_key=key(b"a"), secondary_key=key(b"b"))
    return IndividualEnrollment.create(registration_id, AttestationMechanism(type="symmetricKey", symmetric_key=symmetric_key))

def refused(status, call, *arguments):
    try:
        call(*arguments)
    except ProvisioningServiceError as error:
        assert str(status) in str(error), error
    else:
        raise AssertionError(f"expected {status}")

def individual_enrollments():
    made = client.create_or_update(by_key("python-1"))
    made.device_id = "pump"
    changed = client.create_or_update(made)
    assert client.get_individual_enrollment("python-1").device_id == "pump"
    refused(412, client.create_or_update, made)              # still has the first etag
    client.delete(changed)
    refused(404, client.get_individual_enrollment, "python-1")

def keys_are_told_only_when_asked_for():
    client.create_or_update(by_key("python-1"))
    attestation = client.get_individual_enrollment_attestation_mechanism("python-1")
    assert attestation.symmetric_key.primary_key == key(b"a")
    client.delete_individual_enrollment_by_param("python-1")

def enrollment_groups():
    signed = AttestationMechanism.create_with_x509_signing_certs(ca)
    made = client.create_or_update(EnrollmentGroup.create("python-fleet", signed))
    made.provisioning_status = "disabled"
    changed = client.create_or_update(made)
    assert client.get_enrollment_group("python-fleet").provisioning_status == "disabled"
    refused(412, client.create_or_update, made)
    client.delete_enrollment_group_by_param("python-fleet", changed.etag)
    refused(404, client.get_enrollment_group, "python-fleet")

def bulk_and_pages():
    names = ["python-1", "python-2", "python-3"]
    assert client.run_bulk_operation(BulkEnrollmentOperation("create", [by_key(name) for name in names])).is_successful
    again = client.run_bulk_operation(BulkEnrollmentOperation("create", [by_key(name) for name in names]))
    assert not again.is_successful and len(again.errors) == 3
    query = client.create_individual_enrollment_query(QuerySpecification("select * from enrollments"), 2)
    found = []
    while query.has_next:
        page = query.next()
        assert len(page) <= 2
        found += [one.registration_id for one in page]
    assert set(names) <= set(found), found
    for name in names:
        client.delete_individual_enrollment_by_param(name)

def registrations():
    # The SDK's own query of registrations ends with a TypeError; what it is made of works
    states = client._runtime_client.query_device_registration_states("fleet")
    registration_id = states[0].registration_id
    assert client.get_registration_state(registration_id).status == "assigned"
    client.delete_registration_state_by_param(registration_id)
    refused(404, client.get_registration_state, registration_id)

def a_wrong_key_opens_nothing():
    stranger = connection_string.split("SharedAccessKey=")[0] + "SharedAccessKey=" + key(b"z")
    refused(401, ProvisioningServiceClient.create_from_connection_string(stranger).get_enrollment_group, "fleet")

for name, step in {
    "individualEnrollments": individual_enrollments,
    "keysAreToldOnlyWhenAskedFor": keys_are_told_only_when_asked_for,
    "enrollmentGroups": enrollment_groups,
    "bulkAndPages": bulk_and_pages,
    "registrations": registrations,
    "aWrongKeyOpensNothing": a_wrong_key_opens_nothing,
}.items():
    step()
    print(name)
