package dev.berth.emulator.enrollment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.json.JsonAt;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what an enrollment says of its devices' hubs, twins and certificates. */
final class AllocationReader {
    private AllocationReader() {}

    static @Nullable AllocationPolicy policy(JsonAt json) {
        return json.absent() ? null : json.oneOf(AllocationPolicy.class, AllocationPolicy.HASHED);
    }

    static @Nullable ReprovisionPolicy reprovisionPolicy(JsonAt json) {
        return json.absent()
                ? null
                : new ReprovisionPolicy(
                        json.object().at("updateHubAssignment").flag(true),
                        json.at("migrateDeviceData").flag(true));
    }

    static @Nullable Webhook webhook(JsonAt json) {
        boolean custom = policy(json.at("allocationPolicy")) == AllocationPolicy.CUSTOM;
        var definition = json.at("customAllocationDefinition");
        if (definition.absent()) {
            if (custom) {
                throw definition.invalid("is missing, which allocationPolicy custom needs");
            }
            return null;
        }
        var apiVersion = definition.object().at("apiVersion");
        if (apiVersion.text().toLowerCase(Locale.ROOT).compareTo("2018-09-01-preview") < 0) {
            throw apiVersion.invalid("must be 2018-09-01-preview or newer");
        }
        return new Webhook(url(definition.at("webhookUrl")), apiVersion.text());
    }

    private static URI url(JsonAt json) {
        try {
            var url = new URI(json.text());
            var problem = Webhook.problem(url);
            if (!problem.isEmpty()) {
                throw json.invalid(problem);
            }
            return url;
        } catch (URISyntaxException e) {
            throw json.invalid("is not a URL");
        }
    }

    static @Nullable JsonNode twin(JsonAt json) {
        return json.absent() ? null : json.object().node();
    }

    /** A policy by its name of 2025, or by its three names of 2026. */
    static boolean issuesCertificates(JsonAt json) {
        var names = Stream.of("namespaceName", "certificateAuthorityName", "certificatePolicyName")
                .filter(name -> !json.at(name).absent())
                .toList();
        return !json.at("credentialPolicyName").absent() || names.size() == 3;
    }
}
