package dev.berth.sandbox;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The service, in this process; it stops with the process, because Quarkus sees to that itself. */
final class Service {
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final ServicePorts ports;
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();

    private Service(ServicePorts ports) {
        this.ports = ports;
    }

    /** Returns once the service says that it is ready. The settings are the process's own, so there is one service in it. */
    static Service start(ServicePorts ports, Map<String, String> settings, Path log)
            throws IOException, InterruptedException {
        settings.forEach(System::setProperty);
        var service = new Service(ports);
        Thread.ofPlatform().name("berth-service").start(service::run);
        service.awaitReady(log);
        return service;
    }

    /** Waits until the service has ended. */
    void awaitEnd() throws InterruptedException {
        try {
            ended.get();
        } catch (ExecutionException failed) {
            // It has ended.
        }
    }

    private void run() {
        try {
            Quarkus.run(null, (exitCode, failure) -> {
                if (failure == null) {
                    ended.complete(exitCode);
                } else {
                    ended.completeExceptionally(failure);
                }
            });
            ended.complete(0);
        } catch (RuntimeException failure) {
            ended.completeExceptionally(failure);
        }
    }

    private void awaitReady(Path log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_MAX.toNanos();
        while (!isReady(ports)) {
            if (endedWithin(LOOK_EVERY)) {
                throw new IOException("the service ended at its start: " + reason() + "; its log is " + log);
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "the service is not ready after " + START_MAX.toSeconds() + " s; its log is " + log);
            }
        }
    }

    /** Whether a service says so, and its administrators can call: their listener opens last. */
    static boolean isReady(ServicePorts ports) {
        return saysSo(ports) && listens(ports.admin());
    }

    private static boolean listens(int port) {
        try (var probe = new Socket("localhost", port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean saysSo(ServicePorts ports) {
        try {
            var probe = (HttpURLConnection) URI.create(ports.managementUrl() + "/q/health/ready")
                    .toURL()
                    .openConnection();
            return probe.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    private boolean endedWithin(Duration time) throws InterruptedException {
        try {
            ended.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException running) {
            return false;
        } catch (ExecutionException failure) {
            return true;
        }
    }

    private String reason() {
        return ended.isCompletedExceptionally()
                ? String.valueOf(ended.exceptionNow().getMessage())
                : "exit code " + ended.join();
    }
}
