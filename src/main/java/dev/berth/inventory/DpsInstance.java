package dev.berth.inventory;

import dev.berth.identity.Name;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One Device Provisioning Service instance.
 *
 * @param idScope what a device names the instance by, for example {@code 0ne00AB12CD}
 * @param globalEndpoint host (and port, if not 443) that devices register at
 * @param serviceEndpoint host (and port) of the instance itself
 * @param weight its share among equally empty instances, 1 to {@link #WEIGHT_MAX}
 * @param serviceCredentials name of the configured credentials for its service API, or null if there are none
 * @param enrollmentPolicy unless external, each proven trust anchor of the tenant gets an enrollment group of this policy
 */
public record DpsInstance(
        DpsInstanceId id,
        String idScope,
        String globalEndpoint,
        String serviceEndpoint,
        @Nullable String subscription,
        @Nullable String geography,
        @Nullable String homeRegion,
        Limits limits,
        int weight,
        State state,
        @Nullable String serviceCredentials,
        EnrollmentPolicy enrollmentPolicy) {
    public static final int WEIGHT_MAX = 1_000;
    public static final int TEXT_MAX = 128;
    private static final Pattern ID_SCOPE = Pattern.compile("[0-9A-Za-z]{1,32}");

    public DpsInstance {
        new InvalidValueException.Check()
                .that(ID_SCOPE.matcher(idScope).matches(), "/idScope", "must have 1 to 32 letters and digits")
                .that(Endpoint.parse(globalEndpoint).isPresent(), "/globalEndpoint", Endpoint.FORM)
                .that(Endpoint.parse(serviceEndpoint).isPresent(), "/serviceEndpoint", Endpoint.FORM)
                .text(subscription, TEXT_MAX, "/subscription")
                .text(geography, TEXT_MAX, "/geography")
                .text(homeRegion, TEXT_MAX, "/homeRegion")
                .within(weight, 1, WEIGHT_MAX, "/weight")
                .that(
                        serviceCredentials == null || Name.is(serviceCredentials),
                        "/serviceCredentials",
                        "must be the name of configured credentials")
                .that(
                        serviceCredentials != null || enrollmentPolicy == EnrollmentPolicy.EXTERNAL,
                        "/serviceCredentials",
                        "must be there unless enrollmentPolicy is external")
                .orThrow();
    }

    /** One whose service API Berth does not call. */
    public DpsInstance(
            DpsInstanceId id,
            String idScope,
            String globalEndpoint,
            String serviceEndpoint,
            @Nullable String subscription,
            @Nullable String geography,
            @Nullable String homeRegion,
            Limits limits,
            int weight,
            State state) {
        this(
                id,
                idScope,
                globalEndpoint,
                serviceEndpoint,
                subscription,
                geography,
                homeRegion,
                limits,
                weight,
                state,
                null,
                EnrollmentPolicy.EXTERNAL);
    }

    /** The same in another home region. */
    DpsInstance in(String region) {
        return new DpsInstance(
                id,
                idScope,
                globalEndpoint,
                serviceEndpoint,
                subscription,
                geography,
                region,
                limits,
                weight,
                state,
                serviceCredentials,
                enrollmentPolicy);
    }

    /** Whether it takes devices: {@code DRAINING} only those it has, {@code DISABLED} none. */
    public enum State {
        ACTIVE,
        DRAINING,
        DISABLED
    }
}
