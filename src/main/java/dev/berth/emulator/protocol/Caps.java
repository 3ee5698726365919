package dev.berth.emulator.protocol;

/**
 * How much of each thing one instance takes.
 *
 * @param x509GroupsMax enrollment groups that attest by X.509
 * @param symmetricKeyGroupsMax enrollment groups that attest by symmetric key
 * @param enrollmentsMax individual enrollments
 * @param certificateAuthoritiesMax uploaded CAs
 * @param linkedHubsMax linked IoT hubs
 * @param bulkMax enrollments of one bulk operation
 * @param messageBytesMax bytes of a service API request's body
 * @param pageItemsMax items of one page of a query; a request for more gets this many
 */
public record Caps(
        int x509GroupsMax,
        int symmetricKeyGroupsMax,
        int enrollmentsMax,
        int certificateAuthoritiesMax,
        int linkedHubsMax,
        int bulkMax,
        int messageBytesMax,
        int pageItemsMax) {
    /** The published ones; that of pages is not published. */
    public static final Caps PUBLISHED = new Caps(100, 100, 1_000_000, 25, 50, 10, 96 * 1024, 1_000);
}
