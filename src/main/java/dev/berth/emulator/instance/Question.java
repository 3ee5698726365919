package dev.berth.emulator.instance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.enrollment.Credential;
import dev.berth.emulator.enrollment.Enrollment;
import dev.berth.emulator.enrollment.EnrollmentRegister;
import dev.berth.emulator.enrollment.Evidence;
import dev.berth.emulator.json.Json;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/**
 * A register request that waits for a webhook.
 *
 * @param begun the device's record as it was when the request came
 * @param linkedHubs the names from which the webhook may choose
 * @param earliest when its outcome may show
 */
record Question(
        Registration begun,
        Enrollment enrollment,
        Evidence evidence,
        DeviceRegistration sent,
        List<String> linkedHubs,
        long earliest) {

    /** DPS's AllocationRequest. */
    ObjectNode request(EnrollmentRegister register) {
        var request = Json.object();
        request.set(
                switch (enrollment) {
                    case Enrollment.Group group -> "enrollmentGroup";
                    case Enrollment.Individual individual -> "individualEnrollment";
                },
                EnrollmentRecord.of(enrollment, register));
        request.set("deviceRuntimeContext", context());
        var hubs = request.putArray("linkedHubs");
        linkedHubs.forEach(hubs::add);
        return request;
    }

    private ObjectNode context() {
        var context = Json.object().put("registrationId", begun.registrationId());
        if (begun.hub() != null) {
            context.put("currentIotHubHostName", begun.hub()).put("currentDeviceId", begun.deviceId());
        }
        switch (begun.credential()) {
            case Credential.Certificate certificate ->
                evidence.chain()
                        .ifPresent(chain -> context.putObject("x509").put("clientCertificate", base64(chain.leaf())));
            case Credential.Key.SYMMETRIC -> context.putObject("symmetricKey");
            case Credential.Tpm tpm -> context.set("tpm", sent.tpm() == null ? Json.object() : sent.tpm());
        }
        if (sent.payload() != null && !sent.payload().isNull()) {
            context.set("payload", sent.payload());
        }
        return context;
    }

    private static String base64(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate without an encoding", e);
        }
    }
}
