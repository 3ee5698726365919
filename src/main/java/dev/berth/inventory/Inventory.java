package dev.berth.inventory;

import dev.berth.identity.PossessionProof;
import dev.berth.identity.TenantId;
import dev.berth.identity.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** What administrators do with tenants, DPS instances, trust anchors and enrollment groups, under the rules that join them. */
public final class Inventory {
    private static final System.Logger LOG = System.getLogger(Inventory.class.getName());

    private final Catalogs catalogs;
    private final Pools pools;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final TrustAnchorRules anchorRules;
    private final Register<Tenant> tenants;
    private final Register<DpsInstance> dpsInstances;
    private final Register<TrustAnchor> trustAnchors;
    private final Register<EnrollmentGroup> enrollmentGroups;

    /**
     * @param pools refreshed after every change
     * @param hasDevices whether a device is assigned to an instance
     * @param random for verification codes: a secure one
     */
    public Inventory(
            Catalogs catalogs,
            Pools pools,
            InstancePolicy policy,
            Predicate<DpsInstanceId> hasDevices,
            InstantSource clock,
            RandomGenerator random) {
        this.catalogs = catalogs;
        this.pools = pools;
        this.clock = clock;
        this.random = random;
        var desk = new ClaimDesk(catalogs.claims(), clock);
        this.anchorRules = new TrustAnchorRules(catalogs, desk, clock);
        this.tenants = new Register<>(catalogs.tenants(), new TenantRules(catalogs), this::changed);
        this.dpsInstances = new Register<>(
                catalogs.dpsInstances(), new DpsInstanceRules(catalogs, desk, policy, hasDevices), this::changed);
        this.trustAnchors = new Register<>(catalogs.trustAnchors(), anchorRules, this::changed);
        this.enrollmentGroups =
                new Register<>(catalogs.enrollmentGroups(), new EnrollmentGroupRules(catalogs), this::changed);
    }

    public Register<Tenant> tenants() {
        return tenants;
    }

    public Register<DpsInstance> dpsInstances() {
        return dpsInstances;
    }

    /** Anchors; what is created or replaced here is unproven, unless its key was proven before. */
    public Register<TrustAnchor> trustAnchors() {
        return trustAnchors;
    }

    public Register<EnrollmentGroup> enrollmentGroups() {
        return enrollmentGroups;
    }

    /** Gives the instance another home region. Whoever does has to see to it that nothing is leased twice; a mere replacement cannot. */
    public Change<DpsInstance> rehome(DpsInstance instance, String region, String expectedVersion) {
        DpsInstance moved = instance.in(region);
        return switch (catalogs.dpsInstances().replace(moved, expectedVersion)) {
            case Catalog.Outcome.Written(var version) -> {
                changed();
                yield new Change.Done<>(new Versioned<>(moved, version));
            }
            case Catalog.Outcome.Conflict() -> new Change.Stale<>();
        };
    }

    /** How a request for a verification code ended. */
    public sealed interface CodeRequest {
        /** The code, shown once. */
        record Issued(PossessionProof.Challenge challenge) implements CodeRequest {}

        /** As a change ends that does not succeed. */
        record NotIssued(Change<TrustAnchor> why) implements CodeRequest {}
    }

    /** A fresh verification code for an unproven anchor; an earlier one is void. */
    public CodeRequest requestCode(TenantId tenant, String name) {
        var found = catalogs.trustAnchors().find(tenant, name);
        if (found.isEmpty()) {
            return new CodeRequest.NotIssued(new Change.Missing<>("there is no trust anchor " + name));
        }
        if (found.get().value().proven()) {
            return new CodeRequest.NotIssued(new Change.Refused<>("the anchor is verified already"));
        }
        var challenge = PossessionProof.challenge(found.get().value(), random, clock.instant());
        return switch (replace(challenge.anchor(), found.get().version())) {
            case Change.Done<TrustAnchor> done -> new CodeRequest.Issued(challenge);
            case Change<TrustAnchor> why -> new CodeRequest.NotIssued(why);
        };
    }

    /** Proves an anchor by a certificate that its key signed. */
    public Change<TrustAnchor> verify(TenantId tenant, String name, X509Certificate proof) {
        var found = catalogs.trustAnchors().find(tenant, name);
        if (found.isEmpty()) {
            return new Change.Missing<>("there is no trust anchor " + name);
        }
        return switch (PossessionProof.judge(found.get().value(), proof, clock.instant())) {
            case PossessionProof.Outcome.NotProven(var detail) ->
                new Change.Invalid<>(List.of(new Violation("/certificate", detail)));
            case PossessionProof.Outcome.Proven(var anchor) ->
                anchorRules
                        .conflict(anchor)
                        .orElseGet(() -> claimed(anchor, found.get().version()));
        };
    }

    private Change<TrustAnchor> claimed(TrustAnchor anchor, String expectedVersion) {
        return anchorRules.claim(anchor)
                ? replace(anchor, expectedVersion)
                : new Change.Refused<>("another trust anchor has this public key");
    }

    private Change<TrustAnchor> replace(TrustAnchor anchor, String expectedVersion) {
        return switch (catalogs.trustAnchors().replace(anchor, expectedVersion)) {
            case Catalog.Outcome.Written(var version) -> {
                changed();
                yield new Change.Done<>(new Versioned<>(anchor, version));
            }
            case Catalog.Outcome.Conflict() -> new Change.Stale<>();
        };
    }

    /** The change is durable; should the store fail right after it, the next refresh shows it. */
    private void changed() {
        try {
            pools.refresh(clock.instant());
        } catch (RepositoryUnavailableException e) {
            LOG.log(System.Logger.Level.WARNING, "the inventory could not be read after a change", e);
        }
    }
}
