package dev.berth.emulator;

import dev.berth.emulator.instance.Quotas;
import dev.berth.emulator.instance.WindowKind;
import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.protocol.Caps;

/** Reads what one instance allows; the published quotas and caps where nothing is said. */
final class QuotasReader {
    private static final int RATE_MAX = 1_000_000;
    private static final int REGISTRATIONS_MAX = 10_000_000;
    private static final int GROUPS_MAX = 10_000;
    private static final int ENROLLMENTS_MAX = 1_000_000;
    private static final int CERTIFICATE_AUTHORITIES_MAX = 1_000;
    private static final int LINKED_HUBS_MAX = 1_000;
    private static final int BULK_MAX = 1_000;
    private static final int MESSAGE_BYTES_MAX = 16 * 1024 * 1024;
    private static final int PAGE_ITEMS_MAX = 10_000;

    private QuotasReader() {}

    static Quotas read(JsonAt json) {
        var published = Quotas.PUBLISHED;
        if (json.absent()) {
            return published;
        }
        json.objectOf(
                "registrationsPerMinute",
                "operationsPerMinute",
                "pollsPer10Seconds",
                "registrationsMax",
                "window",
                "lookupsCountAsRegistrations",
                "x509GroupsMax",
                "symmetricKeyGroupsMax",
                "enrollmentsMax",
                "certificateAuthoritiesMax",
                "linkedHubsMax",
                "bulkMax",
                "messageBytesMax",
                "pageItemsMax");
        return new Quotas(
                json.at("registrationsPerMinute").integer(1, RATE_MAX, published.registrationsPerMinute()),
                json.at("operationsPerMinute").integer(1, RATE_MAX, published.operationsPerMinute()),
                json.at("pollsPer10Seconds").integer(1, RATE_MAX, published.pollsPer10Seconds()),
                json.at("registrationsMax").integer(1, REGISTRATIONS_MAX, published.registrationsMax()),
                json.at("window").oneOf(WindowKind.class, published.window()),
                json.at("lookupsCountAsRegistrations").flag(published.lookupsCountAsRegistrations()),
                caps(json));
    }

    private static Caps caps(JsonAt json) {
        var published = Caps.PUBLISHED;
        return new Caps(
                json.at("x509GroupsMax").integer(0, GROUPS_MAX, published.x509GroupsMax()),
                json.at("symmetricKeyGroupsMax").integer(0, GROUPS_MAX, published.symmetricKeyGroupsMax()),
                json.at("enrollmentsMax").integer(0, ENROLLMENTS_MAX, published.enrollmentsMax()),
                json.at("certificateAuthoritiesMax")
                        .integer(0, CERTIFICATE_AUTHORITIES_MAX, published.certificateAuthoritiesMax()),
                json.at("linkedHubsMax").integer(1, LINKED_HUBS_MAX, published.linkedHubsMax()),
                json.at("bulkMax").integer(1, BULK_MAX, published.bulkMax()),
                json.at("messageBytesMax").integer(1, MESSAGE_BYTES_MAX, published.messageBytesMax()),
                json.at("pageItemsMax").integer(1, PAGE_ITEMS_MAX, published.pageItemsMax()));
    }
}
