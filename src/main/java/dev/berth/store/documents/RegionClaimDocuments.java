package dev.berth.store.documents;

import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.Versioned;
import dev.berth.region.LostClaim;
import dev.berth.region.RegionClaim;
import dev.berth.region.RegionClaims;
import dev.berth.region.RegionId;
import dev.berth.region.RegionReach;
import dev.berth.store.Collection;
import dev.berth.store.Document;
import dev.berth.store.DocumentStore;
import dev.berth.store.Key;
import dev.berth.store.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Claims as documents, those of one device in a partition. The id names generation and region, so that two regions never write the same
 * document; no claim is ever replaced or deleted. What lost is told by a document beside it, and so is what nobody has looked at yet.
 */
public final class RegionClaimDocuments implements RegionClaims {
    public static final Collection CLAIMS = Collection.of("region-claims", RegionClaimCodec.STANDS_IN_FOR);
    private static final String LOST = "~lost";
    private static final String STAND_IN = "stand-in@";

    private final RegionId local;
    private final RegionReach reach;
    private final Function<RegionId, DocumentStore> stores;

    /** @param stores the store of each region: a claim is written in its own, all else is read and written in the {@code local} one */
    public RegionClaimDocuments(RegionId local, RegionReach reach, Function<RegionId, DocumentStore> stores) {
        this.local = local;
        this.reach = reach;
        this.stores = stores;
    }

    @Override
    public RegionClaim stand(RegionClaim claim) {
        return reach.ask(claim.region(), () -> stand(claim, stores.apply(claim.region())));
    }

    private static RegionClaim stand(RegionClaim claim, DocumentStore store) {
        if (claim.standsIn()) {
            var _ = store.insert(noteOf(claim), RegionClaimCodec.NOTE.write(claim)); // it may be there already
        }
        var documents = new SwappedDocuments<>(store, RegionClaimCodec.CLAIM);
        Key key = key(claim, "");
        return documents.swap(key, null, claim).isPresent()
                ? claim
                : documents.find(key).map(Versioned::value).orElseThrow(RegionClaimDocuments::vanished);
    }

    @Override
    public OfDevice of(TenantId origin, RegistrationId registrationId) {
        var claims = new ArrayList<RegionClaim>();
        var lost = new ArrayList<LostClaim>();
        for (Document found : here().scan(CLAIMS, partition(origin, registrationId), PageRequest.first(PER_DEVICE_MAX))
                .documents()) {
            String id = found.key().id();
            if (id.endsWith(LOST)) {
                lost.add(RegionClaimCodec.LOST.read(found.body()));
            } else if (!id.startsWith(STAND_IN)) {
                claims.add(RegionClaimCodec.CLAIM.read(found.body()));
            }
        }
        return new OfDevice(claims, lost);
    }

    @Override
    public void putOnRecord(LostClaim lost) {
        var _ = new SwappedDocuments<>(here(), RegionClaimCodec.LOST).swap(key(lost.claim(), LOST), null, lost);
    }

    @Override
    public List<StandIn> standIns(RegionId home) {
        return here()
                .scan(CLAIMS, RegionClaimCodec.STANDS_IN_FOR, home.value(), PageRequest.first(STAND_INS_MAX))
                .documents()
                .stream()
                .map(found -> RegionClaimCodec.standIn(found.body()))
                .toList();
    }

    @Override
    public void close(StandIn standIn) {
        Key key = new Key(
                CLAIMS,
                partition(standIn.origin(), standIn.registrationId()),
                noteId(standIn.region(), standIn.generation()));
        here().find(key).ifPresent(found -> {
            var _ = here().delete(key, found.version()); // or somebody else did
        });
    }

    private DocumentStore here() {
        return stores.apply(local);
    }

    private static Key key(RegionClaim claim, String suffix) {
        return new Key(
                CLAIMS,
                partition(claim.subject().origin(), claim.subject().registrationId()),
                claim.generation() + "@" + claim.region() + suffix);
    }

    private static Key noteOf(RegionClaim claim) {
        return new Key(
                CLAIMS,
                partition(claim.subject().origin(), claim.subject().registrationId()),
                noteId(claim.region(), claim.generation()));
    }

    /** One for each claim: where regions are merged a deletion wins, and must not take with it what it was not about. */
    private static String noteId(RegionId region, long generation) {
        return STAND_IN + region + "/" + generation;
    }

    private static String partition(TenantId origin, RegistrationId registrationId) {
        return origin + "/" + registrationId;
    }

    /** Claims are not deleted: whoever does it by hand is in the middle of it. */
    private static RepositoryUnavailableException vanished() {
        return new RepositoryUnavailableException(
                "a claim exists and cannot be found", false, Duration.ofSeconds(1), null);
    }
}
