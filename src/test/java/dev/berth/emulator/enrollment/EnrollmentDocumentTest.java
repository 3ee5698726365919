package dev.berth.emulator.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.emulator.TestPki;
import dev.berth.emulator.json.InvalidConfigException;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken as an enrollment, from whichever client, and how a mistake in it is named. */
class EnrollmentDocumentTest {
    private static final TestPki.Entity ROOT = TestPki.root("Root");
    private static final TestPki.Entity UNVERIFIED = TestPki.root("Unverified");
    private static final String KEYS = "'attestation':{'type':'symmetricKey'}";

    private final EnrollmentReader reader = new EnrollmentReader(List.of(
            new CertificateAuthority("Ca", ROOT.certificate(), true),
            new CertificateAuthority("new", UNVERIFIED.certificate(), false)));

    /** As the Java, Node and Python clients write them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'registrationId':'a','deviceId':'b','attestation':{'type':'symmetricKey','symmetricKey':{'primaryKey':'','secondaryKey':''}},'iotHubHostName':'one.azure-devices.net','initialTwin':{'tags':{},'properties':{'desired':{'a':1.0}}},'provisioningStatus':'enabled','reprovisionPolicy':{'updateHubAssignment':true,'migrateDeviceData':true},'allocationPolicy':'geolatency','iotHubs':['one.azure-devices.net'],'capabilities':{'iotEdge':false}}",
                "{'registrationId':'a','attestation':{'type':'tpm','tpm':{'endorsementKey':'ek'}},'optionalDeviceInformation':{'x':[1,{'y':null}]},'etag':'abc'}",
                "{'registrationId':'a','deviceId':null,'registrationState':null,'attestation':{'type':'symmetricKey','tpm':null,'x509':null,'symmetricKey':{'primaryKey':null,'secondaryKey':null}},'capabilities':null,'iotHubHostName':null,'initialTwin':{'tags':null,'properties':{'desired':null}},'etag':null,'provisioningStatus':null,'reprovisionPolicy':null,'createdDateTimeUtc':null,'allocationPolicy':null,'iotHubs':null,'customAllocationDefinition':null,'optionalDeviceInformation':null}",
                "{'registrationId':'a','attestation':{'type':'symmetricKey','symmetricKey':{}},'credentialPolicyName':'default'}",
            })
    void whatClientsWriteIsTaken(String json) {
        var document = read(EnrollmentKind.INDIVIDUAL, json);
        assertThat(document.enrollment().id()).isEqualTo("a");
        assertThat(document.enrollment().settings().enabled()).isTrue();
        assertThat(document.json().has("etag")).isFalse();
        document.json().forEach(member -> assertThat(member.isNull()).isFalse());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'x':1                                                             | /enrollmentGroupId",
                "'enrollmentGroupId':'a b',K                                       | /enrollmentGroupId",
                "'enrollmentGroupId':'a.',K                                        | /enrollmentGroupId",
                "'enrollmentGroupId':7,K                                           | /enrollmentGroupId",
                "'enrollmentGroupId':'g'                                           | /attestation",
                "'enrollmentGroupId':'g','attestation':{}                          | /attestation/type",
                "'enrollmentGroupId':'g','attestation':{'type':'none'}             | /attestation/type",
                "'enrollmentGroupId':'g','attestation':{'type':'dna'}              | /attestation/type",
                "'enrollmentGroupId':'g','attestation':{'type':'tpm','tpm':{'endorsementKey':'e'}} | /attestation/type",
                "'enrollmentGroupId':'g','attestation':{'type':'x509'}             | /attestation/x509",
                "'enrollmentGroupId':'g','attestation':{'type':'x509','x509':{}}   | /attestation/x509",
                "'enrollmentGroupId':'g','attestation':{'type':'x509','x509':{'signingCertificates':{}}} | /attestation/x509/signingCertificates/primary",
                "'enrollmentGroupId':'g','attestation':{'type':'x509','x509':{'signingCertificates':{'primary':{'certificate':'AAAA'}}}} | /attestation/x509/signingCertificates/primary/certificate",
                "'enrollmentGroupId':'g','attestation':{'type':'x509','x509':{'caReferences':{'primary':'none'}}} | /attestation/x509/caReferences/primary",
                "'enrollmentGroupId':'g','attestation':{'type':'x509','x509':{'caReferences':{'primary':'ca','secondary':'new'}}} | /attestation/x509/caReferences/secondary",
                "'enrollmentGroupId':'g','attestation':{'type':'symmetricKey','symmetricKey':{'primaryKey':'?'}} | /attestation/symmetricKey/primaryKey",
                "'enrollmentGroupId':'g','attestation':{'type':'symmetricKey','symmetricKey':{'secondaryKey':'c2hvcnQ='}} | /attestation/symmetricKey/secondaryKey",
                "'enrollmentGroupId':'g',K,'provisioningStatus':'maybe'            | /provisioningStatus",
                "'enrollmentGroupId':'g',K,'allocationPolicy':'random'             | /allocationPolicy",
                "'enrollmentGroupId':'g',K,'allocationPolicy':'custom'             | /customAllocationDefinition",
                "'enrollmentGroupId':'g',K,'customAllocationDefinition':{'apiVersion':'2021-10-01'} | /customAllocationDefinition/webhookUrl",
                "'enrollmentGroupId':'g',K,'customAllocationDefinition':{'webhookUrl':'https://f.net','apiVersion':'2017-11-15'} | /customAllocationDefinition/apiVersion",
                "'enrollmentGroupId':'g',K,'reprovisionPolicy':'never'             | /reprovisionPolicy",
                "'enrollmentGroupId':'g',K,'reprovisionPolicy':{'migrateDeviceData':1} | /reprovisionPolicy/migrateDeviceData",
                "'enrollmentGroupId':'g',K,'capabilities':{'iotEdge':'yes'}        | /capabilities/iotEdge",
                "'enrollmentGroupId':'g',K,'initialTwin':[]                        | /initialTwin",
                "'enrollmentGroupId':'g',K,'initialTwin':{'tags':'a'}              | /initialTwin/tags",
                "'enrollmentGroupId':'g',K,'initialTwin':{'properties':{'desired':1}} | /initialTwin/properties/desired",
                "'enrollmentGroupId':'g',K,'iotHubs':'one'                         | /iotHubs",
                "'enrollmentGroupId':'g',K,'iotHubs':['one.azure-devices.net',3]   | /iotHubs/1",
                "'enrollmentGroupId':'g',K,'iotHubs':['two.azure-devices.net']     | /iotHubs/0",
                "'enrollmentGroupId':'g',K,'iotHubHostName':'two.azure-devices.net' | /iotHubHostName",
                "'enrollmentGroupId':'g',K,'namespaceName':'ab'                    | /namespaceName",
                "'enrollmentGroupId':'g',K,'namespaceName':'Upper'                 | /namespaceName",
                "'enrollmentGroupId':'g',K,'namespaceName':'ends-'                 | /namespaceName",
                "'enrollmentGroupId':'g',K,'certificateAuthorityName':'-ca'        | /certificateAuthorityName",
                "'enrollmentGroupId':'g',K,'certificatePolicyName':'a_b'           | /certificatePolicyName",
                "'enrollmentGroupId':'g',K,'credentialPolicyName':1                | /credentialPolicyName",
                "'enrollmentGroupId':'g',K,'deviceTypeRefs':['a','b']              | /deviceTypeRefs",
                "'enrollmentGroupId':'g',K,'optionalDeviceInformation':1           | /optionalDeviceInformation",
            })
    void aMistakeIsNamedByItsPlace(String members, String pointer) {
        assertThatThrownBy(() -> read(
                        EnrollmentKind.GROUP,
                        '{' + members.replace("K,", KEYS + ',').replace(",K", ',' + KEYS) + '}'))
                .isInstanceOfSatisfying(
                        InvalidConfigException.class,
                        e -> assertThat(e.pointer()).isEqualTo(pointer));
    }

    @Test
    void anIdOf128CharactersIsTheLongest() {
        read(EnrollmentKind.INDIVIDUAL, "{'registrationId':'" + "a".repeat(128) + "'," + KEYS + "}");
        assertThatThrownBy(() ->
                        read(EnrollmentKind.INDIVIDUAL, "{'registrationId':'" + "a".repeat(129) + "'," + KEYS + "}"))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("/registrationId");
        assertThatThrownBy(() -> read(
                        EnrollmentKind.INDIVIDUAL,
                        "{'registrationId':'a','deviceId':'" + "a".repeat(129) + "'," + KEYS + "}"))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("/deviceId");
    }

    @Test
    void keysDoNotShow() {
        var document = read(
                EnrollmentKind.GROUP,
                "{'enrollmentGroupId':'g','attestation':{'type':'symmetricKey','symmetricKey':{'primaryKey':'c2VjcmV0c2VjcmV0c2VjcmV0'}}}");
        assertThat(document.toString()).isEqualTo("EnrollmentDocument[GROUP g]");
        assertThat(document.withoutKeys().toString()).doesNotContain("c2VjcmV0");
        assertThat(document.attestation().toString()).contains("c2VjcmV0");
    }

    private EnrollmentDocument read(EnrollmentKind kind, String json) {
        var node = Json.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
        return EnrollmentDocument.read(kind, JsonAt.root(node), reader, "one.azure-devices.net"::equals);
    }
}
