package dev.berth.store.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.Versioned;
import dev.berth.region.RegionClaim;
import dev.berth.region.RegionClaims;
import dev.berth.region.RegionId;
import dev.berth.store.Collection;
import dev.berth.store.DocumentStore;
import dev.berth.store.Key;
import dev.berth.store.PageRequest;
import java.time.Duration;
import java.util.List;

/**
 * Claims as documents, those of one device in a partition. The id names generation and region, so that two regions never write the same
 * document; nothing here replaces or deletes one.
 */
public final class RegionClaimDocuments implements RegionClaims {
    /** Names the home in claims that another region made in its place, and is absent in all others. */
    private static final String STANDS_IN_FOR = "standsInFor";

    public static final Collection CLAIMS = Collection.of("region-claims", STANDS_IN_FOR);
    private static final Format<RegionClaim> FORMAT =
            new Format<>(1, RegionClaimDocuments::write, RegionClaimDocuments::read);

    private final DocumentStore store;
    private final SwappedDocuments<RegionClaim> documents;

    public RegionClaimDocuments(DocumentStore store) {
        this.store = store;
        this.documents = new SwappedDocuments<>(store, FORMAT);
    }

    @Override
    public RegionClaim stand(RegionClaim claim) {
        Key key = new Key(
                CLAIMS,
                partition(claim.subject().origin(), claim.subject().registrationId()),
                claim.generation() + "@" + claim.region());
        return documents.swap(key, null, claim).isPresent()
                ? claim
                : documents.find(key).map(Versioned::value).orElseThrow(RegionClaimDocuments::vanished);
    }

    @Override
    public List<RegionClaim> of(TenantId origin, RegistrationId registrationId) {
        return store
                .scan(CLAIMS, partition(origin, registrationId), PageRequest.first(PER_DEVICE_MAX))
                .documents()
                .stream()
                .map(found -> FORMAT.read(found.body()))
                .toList();
    }

    private static String partition(TenantId origin, RegistrationId registrationId) {
        return origin + "/" + registrationId;
    }

    /** Claims are not deleted: whoever does it by hand is in the middle of it. */
    private static RepositoryUnavailableException vanished() {
        return new RepositoryUnavailableException(
                "a claim exists and cannot be found", false, Duration.ofSeconds(1), null);
    }

    private static void write(RegionClaim claim, ObjectNode body) {
        body.put("origin", claim.subject().origin().value());
        body.put("registrationId", claim.subject().registrationId().value());
        body.put("generation", claim.generation());
        body.put("region", claim.region().value());
        body.put("home", claim.home().value());
        if (claim.standsIn()) {
            body.put(STANDS_IN_FOR, claim.home().value());
        }
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
}
