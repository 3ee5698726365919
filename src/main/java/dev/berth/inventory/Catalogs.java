package dev.berth.inventory;

import dev.berth.identity.TrustAnchor;

/** All that the inventory stores. */
public record Catalogs(
        Catalog<Tenant> tenants,
        Catalog<DpsInstance> dpsInstances,
        Catalog<TrustAnchor> trustAnchors,
        Catalog<EnrollmentGroup> enrollmentGroups,
        Catalog<EnrollmentStanding> enrollmentStandings,
        Claims claims) {}
