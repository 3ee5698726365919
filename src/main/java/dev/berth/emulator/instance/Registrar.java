package dev.berth.emulator.instance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.enrollment.Attested;
import dev.berth.emulator.enrollment.Claim;
import dev.berth.emulator.enrollment.Credential;
import dev.berth.emulator.enrollment.Evidence;
import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.tpm.TpmChallenges;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers the devices of one instance in three steps: what they show is judged, the records decide, a webhook may be asked.
 * It has no lock: only the step in the middle takes that of {@link MeteredRegistrations}, because signatures and webhooks
 * take most of the time.
 */
final class Registrar {
    private final String idScope;
    private final Surroundings surroundings;
    private final InstanceSetup setup;
    private final Outcomes outcomes;
    private final MeteredRegistrations registrations;
    private final TpmChallenges tpms;

    Registrar(
            String idScope,
            Surroundings surroundings,
            InstanceSetup setup,
            Outcomes outcomes,
            MeteredRegistrations registrations) {
        this.idScope = idScope;
        this.surroundings = surroundings;
        this.setup = setup;
        this.outcomes = outcomes;
        this.registrations = registrations;
        this.tpms = new TpmChallenges(idScope);
    }

    Outcome register(String registrationId, Evidence evidence, DeviceRegistration sent) {
        var attested = attest(registrationId, evidence, sent.tpm());
        var attempt = new Attempt(registrationId, evidence, sent, attested, issued(attested, sent));
        var admission = registrations.admit(attempt);
        admission.question().ifPresent(this::ask);
        return admission.outcome();
    }

    private Attested attest(String registrationId, Evidence evidence, @Nullable JsonNode tpm) {
        var ticker = surroundings.ticker();
        return setup.enrollments()
                .attest(
                        new Claim(idScope, registrationId, evidence),
                        (individual, keys, token) -> tpms.attest(individual, keys, token, tpm, ticker.nanos()),
                        ticker.now());
    }

    private @Nullable List<byte[]> issued(Attested attested, DeviceRegistration sent) {
        return sent.csr() != null
                        && attested instanceof Attested.Accepted(var enrollment, var _)
                        && enrollment.settings().issuesCertificates()
                ? surroundings.issuing().issue(sent.csr(), surroundings.ticker().now())
                : null;
    }

    private void ask(Question question) {
        var webhook = question.enrollment().settings().webhook();
        if (webhook == null) {
            registrations.settle(question, new CustomAllocation.Reply.None("the enrollment names no webhook"));
        } else {
            surroundings
                    .webhooks()
                    .ask(webhook, question.request(setup.register()), reply -> registrations.settle(question, reply));
        }
    }

    /** The device that began an operation is known by its certificate; anything else is judged as if it registered. */
    Outcome poll(String registrationId, String operationId, Evidence evidence) {
        var known = registrations.find(registrationId);
        if (known == null || !outcomes.idOf(known).equalsIgnoreCase(operationId)) {
            return new Outcome.Refused(DpsError.NOT_FOUND);
        }
        if (!sameCertificate(known, evidence)
                && attest(registrationId, evidence, null) instanceof Attested.Refused refused) {
            return new Outcome.Refused(refused.error());
        }
        return registrations.poll(known);
    }

    private static boolean sameCertificate(Registration known, Evidence evidence) {
        return known.credential() instanceof Credential.Certificate certificate
                && evidence.chain()
                        .filter(chain -> certificate.equals(Credential.Certificate.of(chain.leaf())))
                        .isPresent();
    }

    Outcome lookUp(String registrationId, Evidence evidence) {
        return registrations.lookUp(registrationId, attest(registrationId, evidence, null));
    }
}
