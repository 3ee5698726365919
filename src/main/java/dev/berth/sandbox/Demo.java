package dev.berth.sandbox;

import dev.berth.emulator.instance.InstanceReport;
import dev.berth.pki.CertifiedKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;

/** A fleet's first boot in a sandbox, and what it came to. */
public final class Demo {
    private static final int CALLS_IN_FLIGHT_MAX = 32;
    private static final int CERTIFICATES_AT_ONCE = 250;
    private static final int WARM_UP_CALLS = 300;
    private static final int REQUESTS_MAX = 60;
    private static final int UNSCHEDULED_REQUESTS_MAX = 1_000;

    private final DemoPlan plan;
    private final Sandbox sandbox;
    private final PrintWriter out;
    private final Progress progress;
    private final FleetCounts counts = new FleetCounts();

    public Demo(DemoPlan plan, Sandbox sandbox, PrintWriter out, Progress progress) {
        this.plan = plan;
        this.sandbox = sandbox;
        this.out = out;
        this.progress = progress;
    }

    /** Boots the fleet and tells what happens. */
    public DemoResult run() throws IOException, GeneralSecurityException, InterruptedException {
        List<String> names = names();
        List<CertifiedKey> keys = certificates(names);
        SandboxPki.both(sandbox.files().deviceCertificate(), sandbox.files().deviceKey(), keys.getFirst());
        ClientTls tls = sandbox.deviceTls();
        new WarmUp(sandbox, tls).run(WARM_UP_CALLS);
        var inFlight = new Semaphore(CALLS_IN_FLIGHT_MAX);
        var boots = new ArrayList<Callable<Registration>>();
        for (int place = 0; place < names.size(); place++) {
            boots.add(boot(place, names.get(place), keys.get(place), tls.context(keys.get(place)), inFlight));
        }
        Instant start = new Fleet(counts, progress, this::throttled).run(boots);
        DemoResult result = result(start);
        counts.problems().forEach((what, times) -> out.println("  " + times + " x " + what));
        out.print(DemoReport.of(plan, result));
        out.flush();
        return result;
    }

    /** Names that no two devices share, in the order in which they ask. */
    private List<String> names() {
        var random = new Random(plan.seed());
        var names = new LinkedHashSet<String>();
        while (names.size() < plan.devices()) {
            names.add("sensor-%08x".formatted(random.nextInt()));
        }
        return List.copyOf(names);
    }

    private List<CertifiedKey> certificates(List<String> names) {
        var keys = new ArrayList<CertifiedKey>();
        while (keys.size() < names.size()) {
            int to = Math.min(keys.size() + CERTIFICATES_AT_ONCE, names.size());
            keys.addAll(sandbox.pki().devices(names.subList(keys.size(), to)));
            progress.tell("making certificates: %,d of %,d".formatted(keys.size(), names.size()));
        }
        progress.end("%,d devices have a key and a certificate each".formatted(keys.size()));
        return keys;
    }

    private Callable<Registration> boot(
            int place, String name, CertifiedKey key, SSLContext context, Semaphore inFlight) {
        // Without Berth all devices call DPS in the same second, which has more machines to answer them than this one.
        var https = plan.unscheduled() ? new HttpsCaller(context, inFlight) : new HttpsCaller(context);
        var throttled = plan.unscheduled() ? PlainClient.Throttled.RETRIES : PlainClient.Throttled.FAILS;
        int requestsMax = plan.unscheduled() ? UNSCHEDULED_REQUESTS_MAX : REQUESTS_MAX;
        Registration.Client dps =
                plan.usesSdk(place) ? new SdkClient(key, context) : new PlainClient(https, throttled, requestsMax);
        if (plan.unscheduled()) {
            var instance = sandbox.dps().instances().get(place % plan.instances());
            counts.assigned.incrementAndGet();
            return () -> dps.register(sandbox.dps().deviceEndpoint(), instance.idScope(), name);
        }
        var replicas = new ArrayList<>(sandbox.deviceUrls());
        Collections.rotate(replicas, place);
        return new FleetDevice(name, replicas, https, dps, inFlight, counts)::boot;
    }

    private DemoResult result(Instant start) {
        List<InstanceReport> reports = sandbox.emulator().reports();
        double elapsed = reports.stream()
                .map(InstanceReport::lastAcceptedAt)
                .filter(Objects::nonNull)
                .mapToLong(last -> Duration.between(start, last).toMillis())
                .max()
                .orElse(0);
        return new DemoResult(
                plan.devices(),
                counts.assigned.get(),
                counts.registered.get(),
                counts.failed.get(),
                elapsed / 1e3,
                Math.round(plan.idealSeconds() * 1e3) / 1e3,
                plan.sdkDevices(),
                plan.seed(),
                reports.stream().map(Demo::instance).toList());
    }

    private static DemoResult.Instance instance(InstanceReport report) {
        return new DemoResult.Instance(
                report.name(),
                report.idScope(),
                report.limitPerMinute(),
                report.registrations(),
                report.worstSlidingMinute(),
                report.throttled());
    }

    private long throttled() {
        return sandbox.emulator().reports().stream()
                .mapToLong(InstanceReport::throttled)
                .sum();
    }
}
