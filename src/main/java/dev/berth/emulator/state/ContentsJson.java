package dev.berth.emulator.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.enrollment.CertificateAuthority;
import dev.berth.emulator.enrollment.EnrolledDocument;
import dev.berth.emulator.enrollment.EnrollmentDocument;
import dev.berth.emulator.enrollment.EnrollmentKind;
import dev.berth.emulator.enrollment.EnrollmentReader;
import dev.berth.emulator.enrollment.UploadedAuthority;
import dev.berth.emulator.instance.HubJson;
import dev.berth.emulator.instance.InstanceReport;
import dev.berth.emulator.instance.IotHub;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.protocol.Timestamps;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/** The small parts of an instance as the state has them; its records are apart. */
final class ContentsJson {
    private ContentsJson() {}

    static ObjectNode authority(UploadedAuthority uploaded) {
        var json = Json.object()
                .put("name", uploaded.authority().name())
                .put("certificate", base64(uploaded.authority()))
                .put("isVerified", uploaded.authority().verified())
                .put("etag", uploaded.etag())
                .put("createdAt", uploaded.createdAt().toString())
                .put("updatedAt", uploaded.updatedAt().toString());
        return uploaded.verificationCode() == null ? json : json.put("verificationCode", uploaded.verificationCode());
    }

    private static String base64(CertificateAuthority authority) {
        try {
            return Base64.getEncoder().encodeToString(authority.certificate().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was parsed before", e);
        }
    }

    static UploadedAuthority authority(JsonAt json) {
        json.objectOf("name", "certificate", "isVerified", "etag", "createdAt", "updatedAt", "verificationCode");
        return new UploadedAuthority(
                new CertificateAuthority(
                        json.at("name").text(),
                        EnrollmentReader.certificate(json.at("certificate")),
                        json.at("isVerified").flag(false)),
                json.at("etag").text(),
                json.at("createdAt").instant(),
                json.at("updatedAt").instant(),
                json.at("verificationCode").optionalText().orElse(null));
    }

    /** As the service API has it, keys included. */
    static ObjectNode document(EnrolledDocument enrolled) {
        return enrolled.document()
                .json()
                .deepCopy()
                .put("etag", enrolled.etag())
                .put("createdDateTimeUtc", Timestamps.text(enrolled.createdAt()))
                .put("lastUpdatedDateTimeUtc", Timestamps.text(enrolled.updatedAt()));
    }

    static List<EnrolledDocument> documents(JsonAt instance, List<UploadedAuthority> authorities, List<IotHub> hubs) {
        var reader = new EnrollmentReader(
                authorities.stream().map(UploadedAuthority::authority).toList());
        var documents = new ArrayList<EnrolledDocument>();
        for (var kind : EnrollmentKind.values()) {
            for (var json : instance.at(kind.collection).elements()) {
                documents.add(document(kind, json, reader, name -> hubs.stream().anyMatch(hub -> hub.isNamed(name))));
            }
        }
        return List.copyOf(documents);
    }

    private static EnrolledDocument document(
            EnrollmentKind kind, JsonAt json, EnrollmentReader reader, Predicate<String> linked) {
        return new EnrolledDocument(
                EnrollmentDocument.read(kind, json, reader, linked),
                json.at("etag").text(),
                json.at("createdDateTimeUtc").instant(),
                json.at("lastUpdatedDateTimeUtc").instant());
    }

    static List<IotHub> hubs(JsonAt json) {
        return json.elements().stream().map(HubJson::read).toList();
    }

    static ObjectNode counters(InstanceReport report) {
        var json = Json.object()
                .put("registrations", report.registrations())
                .put("worstSlidingMinute", report.worstSlidingMinute())
                .put("throttled", report.throttled())
                .put("refused", report.refused())
                .put("polls", report.polls())
                .put("lookups", report.lookups())
                .put("operations", report.operations())
                .put("throttledOperations", report.throttledOperations());
        if (report.firstAcceptedAt() != null && report.lastAcceptedAt() != null) {
            json.put("firstAcceptedAt", report.firstAcceptedAt().toString())
                    .put("lastAcceptedAt", report.lastAcceptedAt().toString());
        }
        return json;
    }

    /** Counts for an instance that is otherwise like this one. */
    static InstanceReport counters(JsonAt json, InstanceReport like) {
        json.objectOf(
                "registrations",
                "worstSlidingMinute",
                "throttled",
                "refused",
                "polls",
                "lookups",
                "operations",
                "throttledOperations",
                "firstAcceptedAt",
                "lastAcceptedAt");
        var first = json.at("firstAcceptedAt");
        var last = json.at("lastAcceptedAt");
        return new InstanceReport(
                like.name(),
                like.idScope(),
                like.limitPerMinute(),
                json.at("registrations").count(),
                json.at("worstSlidingMinute").integer(0, Integer.MAX_VALUE, 0),
                0,
                json.at("throttled").count(),
                json.at("refused").count(),
                0,
                json.at("polls").count(),
                json.at("lookups").count(),
                json.at("operations").count(),
                json.at("throttledOperations").count(),
                first.absent() ? null : first.instant(),
                last.absent() ? null : last.instant());
    }
}
