package dev.berth.emulator.instance;

import dev.berth.emulator.enrollment.CertificateAuthorities;
import dev.berth.emulator.enrollment.CertificateAuthority;
import dev.berth.emulator.enrollment.EnrollmentReader;
import dev.berth.emulator.enrollment.EnrollmentRegister;
import dev.berth.emulator.enrollment.Enrollments;
import dev.berth.emulator.protocol.Caps;
import dev.berth.emulator.protocol.Decision;
import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.Ticker;
import java.util.List;

/** Which devices an instance lets in and where to: its enrollments, CAs and hubs, which refer to one another. */
final class InstanceSetup {
    private final Enrollments enrollments = new Enrollments();
    private final LinkedHubs hubs;
    private final EnrollmentRegister register;
    private final CertificateAuthorities certificateAuthorities;

    private InstanceSetup(List<IotHub> hubs, List<CertificateAuthority> authorities, Caps caps, Ticker ticker) {
        this.hubs = new LinkedHubs(hubs, caps);
        this.register = new EnrollmentRegister(enrollments, caps, ticker, this::reader, this::linked);
        this.certificateAuthorities = new CertificateAuthorities(authorities, caps, ticker, register::referTo);
    }

    private EnrollmentReader reader() {
        return new EnrollmentReader(certificateAuthorities.all());
    }

    private boolean linked(String hub) {
        return hubs.find(hub).isPresent();
    }

    /** As it is configured. */
    static InstanceSetup of(InstanceConfig config, Ticker ticker) {
        var setup = new InstanceSetup(
                config.allocation().hubs(),
                config.enrollments().certificateAuthorities(),
                config.quotas().caps(),
                ticker);
        for (var document : config.enrollments().documents()) {
            if (setup.register.add(document) instanceof Decision.Refused<?>(var error, var detail)) {
                throw new IllegalArgumentException(document + ": " + error.message + ' ' + detail);
            }
        }
        return setup;
    }

    /** As another instance had it, unless that breaks these caps. */
    static Decision<InstanceSetup> of(InstanceContents contents, Caps caps, Ticker ticker) {
        if (contents.hubs().isEmpty() || contents.hubs().size() > caps.linkedHubsMax()) {
            return Decision.refused(DpsError.CAP_REACHED, "1 to " + caps.linkedHubsMax() + " linked hubs");
        }
        return new InstanceSetup(contents.hubs(), List.of(), caps, ticker).restored(contents);
    }

    private Decision<InstanceSetup> restored(InstanceContents contents) {
        for (var authority : contents.authorities()) {
            if (certificateAuthorities.restore(authority) instanceof Decision.Refused<?>(var error, var detail)) {
                return Decision.refused(error, authority.authority().name() + ' ' + detail);
            }
        }
        for (var document : contents.documents()) {
            if (register.restore(document) instanceof Decision.Refused<?>(var error, var detail)) {
                return Decision.refused(error, document.enrollment().id() + ' ' + detail);
            }
        }
        return Decision.done(this);
    }

    /** What decides over devices. */
    Enrollments enrollments() {
        return enrollments;
    }

    /** The documents behind what decides. */
    EnrollmentRegister register() {
        return register;
    }

    CertificateAuthorities certificateAuthorities() {
        return certificateAuthorities;
    }

    LinkedHubs hubs() {
        return hubs;
    }
}
