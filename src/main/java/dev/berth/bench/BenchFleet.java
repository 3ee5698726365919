package dev.berth.bench;

import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.Pki;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;

/** Devices that call one listener, some at the same time; each has a certificate of its own. */
final class BenchFleet {
    private static final int AT_ONCE = 16;

    private final Pki pki = new Pki();
    private final URI listener;
    private final CertifiedKey deviceCa;
    private final X509Certificate serverCa;
    private int made;

    BenchFleet(URI listener, CertifiedKey deviceCa, X509Certificate serverCa) {
        this.listener = listener;
        this.deviceCa = deviceCa;
        this.serverCa = serverCa;
    }

    /** Devices never seen before. */
    List<SSLContext> make(int count) throws IOException, GeneralSecurityException {
        var names = IntStream.range(made, made + count)
                .mapToObj(number -> "bench-%07d".formatted(number))
                .toList();
        made += count;
        var contexts = new ArrayList<SSLContext>(count);
        for (var device : pki.devices(deviceCa, names, KeyAlgorithm.P_256)) {
            contexts.add(BenchDevice.context(serverCa, device, deviceCa.certificate()));
        }
        return contexts;
    }

    /** Each connects and asks once. */
    void bootAll(List<SSLContext> devices) throws IOException, InterruptedException {
        together(devices.stream()
                .<Callable<Boolean>>map(device -> () -> asks(device, 1))
                .toList());
    }

    /** As many as may be at once connect, and ask {@code times} in all. */
    void lookUp(int times) throws IOException, InterruptedException, GeneralSecurityException {
        together(make(AT_ONCE).stream()
                .<Callable<Boolean>>map(device -> () -> asks(device, times / AT_ONCE))
                .toList());
    }

    private static void together(List<Callable<Boolean>> calls) throws IOException, InterruptedException {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (var call : threads.invokeAll(calls)) {
                call.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a device failed: " + e.getCause(), e.getCause());
        }
    }

    private boolean asks(SSLContext context, int times) throws IOException {
        try (var device = BenchDevice.connect(listener, context)) {
            for (int i = 0; i < times; i++) {
                int status = device.ask();
                if (status != 200) {
                    throw new IOException("answered with " + status);
                }
            }
            return true;
        }
    }
}
