package dev.berth.store.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.region.LostClaim;
import dev.berth.region.RegionClaim;
import dev.berth.region.RegionClaims.StandIn;
import dev.berth.region.RegionId;

/** Claims, what is on record of them, and the note that a region stood in, as JSON. */
final class RegionClaimCodec {
    /** Names the home that a region stood in for, in the note that it did; those are found by it. */
    static final String STANDS_IN_FOR = "standsInFor";

    static final Format<RegionClaim> CLAIM = new Format<>(1, RegionClaimCodec::write, RegionClaimCodec::read);
    static final Format<LostClaim> LOST = new Format<>(1, RegionClaimCodec::writeLost, RegionClaimCodec::readLost);
    static final Format<RegionClaim> NOTE = new Format<>(1, RegionClaimCodec::writeNote, RegionClaimCodec::read);

    private RegionClaimCodec() {}

    private static void write(RegionClaim claim, ObjectNode body) {
        body.put("origin", claim.subject().origin().value());
        body.put("registrationId", claim.subject().registrationId().value());
        body.put("generation", claim.generation());
        body.put("region", claim.region().value());
        body.put("home", claim.home().value());
        body.put("instance", claim.instance().toString());
        body.put("slot", claim.slot().toString());
        body.put("epoch", claim.epoch());
        body.put("at", claim.at().toString());
    }

    private static RegionClaim read(JsonNode body) {
        var json = new Json(body);
        return new RegionClaim(
                new RegionClaim.Subject(
                        new TenantId(json.text("origin")),
                        new RegistrationId(json.text("registrationId")),
                        json.number("generation")),
                new RegionId(json.text("region")),
                new RegionId(json.text("home")),
                DpsInstanceId.parse(json.text("instance")),
                json.instant("slot"),
                json.number("epoch"),
                json.instant("at"));
    }

    private static void writeLost(LostClaim lost, ObjectNode body) {
        write(lost.claim(), body.putObject("claim"));
        body.put("instance", lost.instance().toString());
        body.put("generation", lost.generation());
        body.put("at", lost.at().toString());
    }

    private static LostClaim readLost(JsonNode body) {
        var json = new Json(body);
        return new LostClaim(
                read(json.object("claim").node()),
                DpsInstanceId.parse(json.text("instance")),
                json.number("generation"),
                json.instant("at"));
    }

    private static void writeNote(RegionClaim claim, ObjectNode body) {
        write(claim, body);
        body.put(STANDS_IN_FOR, claim.home().value());
    }

    static StandIn standIn(byte[] note) {
        RegionClaim noted = NOTE.read(note);
        return new StandIn(
                noted.subject().origin(), noted.subject().registrationId(), noted.region(), noted.generation());
    }
}
