package dev.berth.emulator;

import dev.berth.emulator.enrollment.CertificateAuthority;
import dev.berth.emulator.enrollment.EnrollmentDocument;
import dev.berth.emulator.enrollment.EnrollmentKind;
import dev.berth.emulator.enrollment.EnrollmentReader;
import dev.berth.emulator.enrollment.EnrollmentRegister;
import dev.berth.emulator.enrollment.Enrollments;
import dev.berth.emulator.instance.EnrollmentList;
import dev.berth.emulator.instance.IotHub;
import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.protocol.Caps;
import dev.berth.emulator.protocol.Decision;
import dev.berth.emulator.protocol.Ticker;
import java.util.ArrayList;
import java.util.List;

/** Reads an instance's CAs, and its enrollments as its service API would take them one after the other. */
final class ConfiguredEnrollments {
    private ConfiguredEnrollments() {}

    static EnrollmentList read(JsonAt instance, List<IotHub> hubs, Caps caps) {
        var authorities = instance.at("certificateAuthorities").elements(caps.certificateAuthoritiesMax()).stream()
                .map(EnrollmentReader::certificateAuthority)
                .toList();
        return new EnrollmentList(authorities, documents(instance, authorities, hubs, caps));
    }

    private static List<EnrollmentDocument> documents(
            JsonAt instance, List<CertificateAuthority> authorities, List<IotHub> hubs, Caps caps) {
        var register = new EnrollmentRegister(
                new Enrollments(),
                caps,
                Ticker.system(),
                () -> new EnrollmentReader(authorities),
                name -> hubs.stream().anyMatch(hub -> hub.isNamed(name)));
        var documents = new ArrayList<EnrollmentDocument>();
        for (var kind : EnrollmentKind.values()) {
            for (var json : instance.at(kind.collection).elements()) {
                switch (register.create(kind, json)) {
                    case Decision.Done(var entry) -> documents.add(entry.document());
                    case Decision.Refused(var error, var detail) -> throw json.invalid(error.message + ' ' + detail);
                }
            }
        }
        return List.copyOf(documents);
    }
}
