package dev.berth.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.PemFiles;
import dev.berth.pki.Pki;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** Devices that boot through several replicas at once, and what they were told. */
final class ReplicaFleet {
    private static final int CALLS_IN_FLIGHT_MAX = 12;
    private static final int REQUESTS_MAX = 60;

    private final FleetCounts counts = new FleetCounts();
    private final Witness witness = new Witness();
    private final List<WitnessingDevice.Door> doors;
    private final ClientTls tls;
    private final CertifiedKey authority;

    /** Of these replicas. */
    ReplicaFleet(Replicas replicas, int... numbers) throws Exception {
        var files = replicas.files();
        doors = IntStream.of(numbers)
                .mapToObj(number -> new WitnessingDevice.Door(
                        number, replicas.deviceUrls().get(number - 1), new Semaphore(CALLS_IN_FLIGHT_MAX)))
                .toList();
        tls = new ClientTls(PemFiles.readCertificates(files.trusted()));
        authority = PemFiles.read(files.deviceCaCertificate(), files.deviceCaKey());
    }

    /** Returns when all of them are done; meanwhile {@code events} happen beside it. */
    void boot(String namesBegin, int devices, Runnable events) throws Exception {
        var names = IntStream.range(0, devices)
                .mapToObj(number -> namesBegin + "%04d".formatted(number))
                .toList();
        var keys = new Pki().devices(authority, names, KeyAlgorithm.P_256);
        var boots = new ArrayList<WitnessingDevice>();
        for (var place = 0; place < devices; place++) {
            boots.add(device(place, names.get(place), keys.get(place)));
        }
        var meanwhile = new Thread(events);
        var failed = new AtomicBoolean();
        meanwhile.setUncaughtExceptionHandler((_, failure) -> {
            failure.printStackTrace();
            failed.set(true);
        });
        meanwhile.start();
        new Fleet(counts, new Progress(new PrintWriter(System.out, true, UTF_8), false), () -> 0).run(boots);
        meanwhile.join();
        assertThat(failed).as("what had to happen meanwhile failed").isFalse();
        assertThat(counts.problems()).isEmpty();
        assertThat(counts.registered).hasValue(devices);
    }

    private WitnessingDevice device(int place, String name, CertifiedKey key) {
        var https = new HttpsCaller(tls.context(key));
        var dps = new PlainClient(https, PlainClient.Throttled.FAILS, REQUESTS_MAX);
        var order = new ArrayList<>(doors);
        Collections.rotate(order, place);
        return new WitnessingDevice(name, order, https, dps, witness);
    }

    int registered() {
        return counts.registered.get();
    }

    Witness witness() {
        return witness;
    }
}
