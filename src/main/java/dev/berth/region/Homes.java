package dev.berth.region;

import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import java.util.function.Function;

/** Where devices are at home, and who writes them now. */
public record Homes(HomeRegions regions, RegionReach reach) {

    public RegionId homeOf(TenantId origin, RegistrationId registrationId) {
        return regions.homeOf(key(origin, registrationId));
    }

    /** The home, or who stands in for it; throws {@link dev.berth.inventory.RepositoryUnavailableException} if nobody can be reached. */
    public RegionId writerOf(TenantId origin, RegistrationId registrationId) {
        return regions.writerOf(key(origin, registrationId), reach::isReachable).orElseThrow(RegionReach::nobody);
    }

    /** Calls the store of whoever writes the device now. */
    public <A> A ask(TenantId origin, RegistrationId registrationId, Function<RegionId, A> call) {
        RegionId writer = writerOf(origin, registrationId);
        return reach.ask(writer, () -> call.apply(writer));
    }

    private static String key(TenantId origin, RegistrationId registrationId) {
        return origin + "/" + registrationId;
    }
}
