package dev.berth.api.device;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.contract.Contract;
import dev.berth.api.problem.ProblemPage;
import dev.berth.identity.PresentedChain;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of requests that nobody works on any more. */
@Timeout(60)
class DeviceRequestsTest {
    private static final Contract CONTRACT = Contract.load();

    private final Vertx vertx = Vertx.vertx();
    private final LogAlarms log = new LogAlarms();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        log.close();
        log.assertNone();
    }

    @Test
    void whatComesAfterTheStopIsCutAndTakesNoPlace() throws IOException {
        var requests = requestsAfterTheStop();
        var server = vertx.createHttpServer()
                .requestHandler(each -> requests.accept(new Exchange(each, PresentedChain.NONE, new Random(1))))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        try (var device = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            device.getOutputStream()
                    .write("GET %s HTTP/1.1\r\n\r\n".formatted(ProblemPage.PATH).getBytes(US_ASCII));
            assertThat(device.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(requests.inFlight()).isZero();
    }

    private static DeviceRequests requestsAfterTheStop() {
        var script = new ListenerScript();
        var counts = new ListenerCounts();
        var accessLog = new AccessLog();
        return new DeviceRequests(
                CONTRACT.operation("getIdScope").orElseThrow(),
                new DeviceApi(
                        script,
                        script,
                        new ReportReader(
                                CONTRACT.operation("reportRegistration").orElseThrow())),
                DeviceLimits.DEFAULT.requests(),
                counts,
                TlsEngine.JDK,
                new DoorKeeper(DeviceLimits.DEFAULT, counts, accessLog),
                _ -> {
                    throw new RejectedExecutionException("stopped");
                },
                accessLog);
    }
}
