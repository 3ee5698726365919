package dev.berth.inventory;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.berth.identity.TenantId;
import dev.berth.identity.TrustAnchor;
import dev.berth.identity.TrustAnchors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The whole inventory as it was at one moment, and the pools it forms. */
public final class InventorySnapshot {
    public static final InventorySnapshot EMPTY = of(List.of(), List.of(), List.of(), List.of());

    private final Map<TenantId, Tenant> tenants;
    private final Map<TenantId, List<DpsInstance>> instances;
    private final Map<DpsInstanceId, DpsInstance> instancesById;
    private final Map<TenantId, List<EnrollmentGroup>> groups;
    private final Map<DpsInstanceId, List<EnrollmentGroup>> groupsByInstance;
    private final Map<TenantId, Map<String, EnrollmentStanding>> standings;
    private final Set<EnrollmentGroup> covering;
    private final TrustAnchors trustAnchors;
    private final @Nullable String region;

    private InventorySnapshot(
            Collection<Tenant> tenants,
            Collection<DpsInstance> instances,
            Collection<TrustAnchor> anchors,
            Collection<EnrollmentGroup> groups,
            Collection<EnrollmentStanding> standings,
            @Nullable String region) {
        this.region = region;
        this.tenants = tenants.stream().collect(toUnmodifiableMap(Tenant::id, Function.identity()));
        this.instancesById = instances.stream().collect(toUnmodifiableMap(DpsInstance::id, Function.identity()));
        this.instances = instances.stream()
                .sorted(Comparator.comparing(DpsInstance::id))
                .collect(groupingBy(instance -> instance.id().tenant()));
        this.groups = groups.stream().collect(groupingBy(EnrollmentGroup::tenant));
        this.groupsByInstance =
                groups.stream().collect(groupingBy(group -> new DpsInstanceId(group.tenant(), group.dpsInstance())));
        this.standings = standings.stream()
                .collect(groupingBy(
                        EnrollmentStanding::tenant, toUnmodifiableMap(EnrollmentStanding::group, Function.identity())));
        this.trustAnchors = TrustAnchors.of(anchors);
        this.covering = groups.stream().filter(this::covers).collect(Collectors.toSet());
    }

    public static InventorySnapshot of(
            Collection<Tenant> tenants,
            Collection<DpsInstance> instances,
            Collection<TrustAnchor> anchors,
            Collection<EnrollmentGroup> groups) {
        return of(tenants, instances, anchors, groups, List.of());
    }

    public static InventorySnapshot of(
            Collection<Tenant> tenants,
            Collection<DpsInstance> instances,
            Collection<TrustAnchor> anchors,
            Collection<EnrollmentGroup> groups,
            Collection<EnrollmentStanding> standings) {
        return of(tenants, instances, anchors, groups, standings, null);
    }

    /** As it is seen from {@code region}: its pools are of the instances that are at home there (null: of all). */
    public static InventorySnapshot of(
            Collection<Tenant> tenants,
            Collection<DpsInstance> instances,
            Collection<TrustAnchor> anchors,
            Collection<EnrollmentGroup> groups,
            Collection<EnrollmentStanding> standings,
            @Nullable String region) {
        return new InventorySnapshot(tenants, instances, anchors, groups, standings, region);
    }

    /** Whether replicas of this region lease from the instance, and call its service API. */
    public boolean isAtHome(DpsInstance instance) {
        return region == null || region.equals(instance.homeRegion());
    }

    /** The proven anchors of all tenants. */
    public TrustAnchors trustAnchors() {
        return trustAnchors;
    }

    public Optional<Tenant> tenant(TenantId id) {
        return Optional.ofNullable(tenants.get(id));
    }

    /** Any instance, in whatever state: a known device may stay at one that takes no new ones. */
    public Optional<DpsInstance> dpsInstance(DpsInstanceId id) {
        return Optional.ofNullable(instancesById.get(id));
    }

    /** The instances of a tenant, ordered by name. */
    public List<DpsInstance> dpsInstances(TenantId tenant) {
        return instances.getOrDefault(tenant, List.of());
    }

    /** The instances of all tenants. */
    public Collection<DpsInstance> dpsInstances() {
        return instancesById.values();
    }

    /** The enrollment groups at an instance, in no order. */
    public List<EnrollmentGroup> enrollmentGroups(DpsInstanceId instance) {
        return groupsByInstance.getOrDefault(instance, List.of());
    }

    /** What was last seen of a group as it is now; empty if nobody has looked yet. */
    public Optional<EnrollmentStanding> standing(EnrollmentGroup group) {
        return Optional.ofNullable(
                        standings.getOrDefault(group.tenant(), Map.of()).get(group.name()))
                .filter(standing -> trustAnchors
                        .named(group.tenant(), group.trustAnchor())
                        .filter(anchor -> standing.isOf(group, anchor.key()))
                        .isPresent());
    }

    /** The pool for devices of an anchor of their owner, in the geography that the owner's policy names. */
    public Pool poolFor(TenantId owner, String trustAnchor) {
        return poolFor(owner, trustAnchor, tenant(owner).map(Tenant::geography).orElse(null));
    }

    /** The pool for devices of an anchor of their owner. {@code geography} is where they may be, or null for anywhere. */
    public Pool poolFor(TenantId owner, String trustAnchor, @Nullable String geography) {
        var enabled = instances(owner, trustAnchor, EnrollmentGroup::enabled);
        var covered = instances(owner, trustAnchor, covering::contains);
        var narrowing = new Narrowing(dpsInstances(owner), "tenant " + owner + " has no DPS instance")
                .to(
                        instance -> enabled.contains(instance.id().name()),
                        "has an enabled enrollment group for trust anchor " + trustAnchor)
                .to(
                        instance -> covered.contains(instance.id().name()),
                        "was seen to have its enrollment group for trust anchor " + trustAnchor + " at DPS")
                .to(instance -> instance.state() == DpsInstance.State.ACTIVE, "is active")
                .to(
                        instance -> geography == null || geography.equals(instance.geography()),
                        "is in geography " + geography)
                .to(this::isAtHome, "is at home in region " + region);
        return new Pool(owner, trustAnchor, geography, narrowing.left(), narrowing.emptyReason());
    }

    /** How each of the owner's instances stands to the pool of {@link #poolFor(TenantId, String)}, ordered by name. */
    public List<PoolMembership> memberships(TenantId owner, String trustAnchor) {
        @Nullable String geography = tenant(owner).map(Tenant::geography).orElse(null);
        return dpsInstances(owner).stream()
                .map(instance -> membership(instance, trustAnchor, geography))
                .toList();
    }

    private PoolMembership membership(DpsInstance instance, String trustAnchor, @Nullable String geography) {
        Optional<EnrollmentGroup> group = groupOf(instance.id(), trustAnchor);
        return new PoolMembership(
                instance,
                group.orElse(null),
                group.flatMap(this::standing).orElse(null),
                barriers(instance, group, geography));
    }

    /** The enrollment group that joins the two; of several the one that does most for the instance. */
    private Optional<EnrollmentGroup> groupOf(DpsInstanceId instance, String trustAnchor) {
        return enrollmentGroups(instance).stream()
                .filter(group -> group.trustAnchor().equals(trustAnchor))
                .min(Comparator.comparing((EnrollmentGroup group) -> !covering.contains(group))
                        .thenComparing(group -> !group.enabled())
                        .thenComparing(EnrollmentGroup::name));
    }

    private List<PoolMembership.Barrier> barriers(
            DpsInstance instance, Optional<EnrollmentGroup> group, @Nullable String geography) {
        var barriers = new ArrayList<PoolMembership.Barrier>();
        if (group.isEmpty()) {
            barriers.add(PoolMembership.Barrier.NO_ENROLLMENT_GROUP);
        } else if (!group.get().enabled()) {
            barriers.add(PoolMembership.Barrier.ENROLLMENT_GROUP_DISABLED);
        } else if (!covering.contains(group.get())) {
            barriers.add(PoolMembership.Barrier.ENROLLMENT_NOT_SEEN);
        }
        if (instance.state() != DpsInstance.State.ACTIVE) {
            barriers.add(PoolMembership.Barrier.NOT_ACTIVE);
        }
        if (geography != null && !geography.equals(instance.geography())) {
            barriers.add(PoolMembership.Barrier.OTHER_GEOGRAPHY);
        }
        if (!isAtHome(instance)) {
            barriers.add(PoolMembership.Barrier.OTHER_REGION);
        }
        return barriers;
    }

    private Set<String> instances(TenantId owner, String trustAnchor, Predicate<EnrollmentGroup> rule) {
        return groups.getOrDefault(owner, List.of()).stream()
                .filter(group -> group.trustAnchor().equals(trustAnchor) && rule.test(group))
                .map(EnrollmentGroup::dpsInstance)
                .collect(Collectors.toSet());
    }

    private boolean covers(EnrollmentGroup group) {
        return group.enabled()
                && switch (group.policy()) {
                    case EXTERNAL -> true;
                    case MANAGED, VERIFIED ->
                        standing(group).filter(EnrollmentStanding::covers).isPresent();
                };
    }

    /** Instances that pass one rule after the other, until a rule leaves none; that rule is the reason. */
    private record Narrowing(
            List<DpsInstance> left, @Nullable String emptyReason) {
        private Narrowing(List<DpsInstance> left, @Nullable String emptyReason) {
            this.left = left;
            this.emptyReason = left.isEmpty() ? emptyReason : null;
        }

        Narrowing to(Predicate<DpsInstance> rule, String what) {
            if (left.isEmpty()) {
                return this;
            }
            String reason = "none of the " + left.size() + " DPS instances left " + what;
            return new Narrowing(left.stream().filter(rule).toList(), reason);
        }
    }
}
