package dev.berth.api.device;

import dev.berth.identity.DeviceIdentity;
import dev.berth.provisioning.IdScopeAnswer;
import dev.berth.provisioning.RegistrationReport;
import dev.berth.provisioning.ReportAnswer;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Provisioning behind a {@link Turnstile}: asks and reports begin only when the store takes them to their end. */
public final class PacedProvisioner implements Provisioner {
    private static final Duration WAIT_MAX = Duration.ofSeconds(1);

    private final Provisioner provisioner;
    private final Turnstile turnstile;

    /** @param requestsMax the most that are ever in work at once */
    public PacedProvisioner(Provisioner provisioner, int requestsMax, LongSupplier ticker) {
        this.provisioner = provisioner;
        this.turnstile = new Turnstile(requestsMax, WAIT_MAX, ticker);
    }

    @Override
    public IdScopeAnswer idScope(DeviceIdentity device, boolean registerAgain) {
        return turnstile.pass(() -> provisioner.idScope(device, registerAgain));
    }

    @Override
    public ReportAnswer report(DeviceIdentity device, RegistrationReport report) {
        return turnstile.pass(() -> provisioner.report(device, report));
    }

    /** How many requests may be in work now. */
    public int limit() {
        return turnstile.limit();
    }
}
