package dev.berth.emulator.enrollment;

import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.protocol.Pem;
import dev.berth.emulator.protocol.RegistrationIds;
import dev.berth.emulator.protocol.SharedAccessKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads of an enrollment, as the service API writes it, what decides over devices; {@link DocumentRules} looks at the rest.
 * Members that neither knows are let through, as their set grows with each api-version.
 */
public record EnrollmentReader(List<CertificateAuthority> certificateAuthorities) {
    private static final int KEY_BYTES_MIN = 16;
    private static final int KEY_BYTES_MAX = 64;

    public Enrollment.Group group(JsonAt json) {
        String id = id(json.object().at("enrollmentGroupId"));
        var attestation = attestation(json.at("attestation"));
        if (attestation instanceof Attestation.ClientCertificates) {
            throw json.at("attestation").at("x509").invalid("a group needs signingCertificates or caReferences");
        }
        if (attestation instanceof Attestation.Tpm) {
            throw json.at("attestation").at("type").invalid("a TPM attests an individual enrollment only");
        }
        return new Enrollment.Group(id, attestation, settings(json));
    }

    public Enrollment.Individual individual(JsonAt json) {
        String id = id(json.object().at("registrationId"));
        String deviceId = json.at("deviceId").optionalText().orElse(id);
        return new Enrollment.Individual(id, deviceId, attestation(json.at("attestation")), settings(json));
    }

    public static CertificateAuthority certificateAuthority(JsonAt json) {
        json.objectOf("name", "certificate", "isVerified");
        return new CertificateAuthority(
                json.at("name").text(),
                certificate(json.at("certificate")),
                json.at("isVerified").flag(true));
    }

    /** Groups are named like devices. */
    private static String id(JsonAt json) {
        if (!RegistrationIds.valid(json.text())) {
            throw json.invalid("must be up to 128 of A-Z a-z 0-9 - . _ : and end with a letter, a digit or -");
        }
        return json.text();
    }

    private static EnrollmentSettings settings(JsonAt json) {
        var hubs = json.at("iotHubs").elements().stream().map(JsonAt::text);
        var single = json.at("iotHubHostName").optionalText().stream();
        return new EnrollmentSettings(
                json.at("provisioningStatus").oneOf(ProvisioningStatus.class, ProvisioningStatus.ENABLED)
                        == ProvisioningStatus.ENABLED,
                AllocationReader.policy(json.at("allocationPolicy")),
                AllocationReader.reprovisionPolicy(json.at("reprovisionPolicy")),
                Stream.concat(single, hubs).distinct().toList(),
                AllocationReader.webhook(json),
                AllocationReader.twin(json.at("initialTwin")),
                AllocationReader.issuesCertificates(json));
    }

    private enum ProvisioningStatus {
        ENABLED,
        DISABLED
    }

    private Attestation attestation(JsonAt json) {
        String type = json.object().at("type").text();
        return switch (type) {
            case "x509" -> x509(json.at("x509").object());
            case "symmetricKey" -> symmetricKey(json.at("symmetricKey"));
            case "tpm" -> tpm(json.at("tpm").object());
            default -> throw json.at("type").invalid("must be one of x509, symmetricKey, tpm");
        };
    }

    /** Keys that are left out are made, as at DPS; the Java client leaves a key out as an empty text. */
    private static Attestation.SymmetricKey symmetricKey(JsonAt json) {
        return new Attestation.SymmetricKey(key(json.at("primaryKey")), key(json.at("secondaryKey")));
    }

    private static SharedAccessKey key(JsonAt json) {
        if (json.absent() || json.node().asText(" ").isEmpty()) {
            return SharedAccessKey.random();
        }
        return SharedAccessKey.parse(json.text())
                .filter(key -> key.bytes().length >= KEY_BYTES_MIN && key.bytes().length <= KEY_BYTES_MAX)
                .orElseThrow(
                        () -> json.invalid("must be base64 of " + KEY_BYTES_MIN + " to " + KEY_BYTES_MAX + " bytes"));
    }

    private static Attestation.Tpm tpm(JsonAt json) {
        return new Attestation.Tpm(
                json.at("endorsementKey").text(),
                json.at("storageRootKey").optionalText().orElse(null));
    }

    private Attestation x509(JsonAt json) {
        if (!json.at("clientCertificates").absent()) {
            return new Attestation.ClientCertificates(certificates(json.at("clientCertificates")));
        }
        if (!json.at("signingCertificates").absent()) {
            return new Attestation.Signers(authorities(json.at("signingCertificates")));
        }
        if (!json.at("caReferences").absent()) {
            return new Attestation.Signers(references(json.at("caReferences")));
        }
        throw json.invalid("needs clientCertificates, signingCertificates or caReferences");
    }

    private static List<X509Certificate> certificates(JsonAt json) {
        var certificates = new ArrayList<X509Certificate>();
        certificates.add(certificate(json.object().at("primary").object().at("certificate")));
        if (!json.at("secondary").absent()) {
            certificates.add(certificate(json.at("secondary").at("certificate")));
        }
        return List.copyOf(certificates);
    }

    private static List<X509Certificate> authorities(JsonAt json) {
        var certificates = certificates(json);
        if (!certificates.stream().allMatch(DeviceChain::mayIssue)) {
            throw json.invalid("a signing certificate must be that of a CA");
        }
        return certificates;
    }

    private List<X509Certificate> references(JsonAt json) {
        var certificates = new ArrayList<X509Certificate>();
        certificates.add(reference(json.object().at("primary")));
        if (!json.at("secondary").absent()) {
            certificates.add(reference(json.at("secondary")));
        }
        return List.copyOf(certificates);
    }

    private X509Certificate reference(JsonAt json) {
        String name = json.text();
        var authority = certificateAuthorities.stream()
                .filter(candidate -> candidate.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> json.invalid("no CA is named " + name));
        if (!authority.verified()) {
            throw json.invalid("the CA " + name + " is not verified");
        }
        return authority.certificate();
    }

    public static X509Certificate certificate(JsonAt json) {
        String text = json.text();
        try {
            return Pem.certificate(text);
        } catch (CertificateException | IllegalArgumentException e) {
            throw json.invalid("is no X.509 certificate in PEM or base64");
        }
    }
}
