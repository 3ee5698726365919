package dev.berth.emulator.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is read of a head whose time is over, as it is when the whole process stood still. */
class RequestHeadTest {
    private static final Duration SOON = Duration.ofMillis(1);
    private static final ConnectProxy.Limits TIME_IS_OVER =
            new ConnectProxy.Limits(1_024, Duration.ZERO, SOON, SOON, 1);

    @Test
    void whatHasArrivedIsRead() throws IOException {
        assertThat(read("CONNECT dps-1.azure-devices-provisioning.net:443 HTTP/1.1\r\n\r\n"))
                .isInstanceOf(ConnectRequest.Wanted.class);
    }

    @Test
    void moreIsNotWaitedFor() throws IOException {
        assertThat(read("CONNECT ")).isEqualTo(new ConnectRequest.Refused(Refusal.HEAD_TOO_SLOW));
    }

    private static ConnectRequest read(String arrived) throws IOException {
        try (var client = new Socket()) {
            return RequestHead.read(client, new ByteArrayInputStream(arrived.getBytes(US_ASCII)), TIME_IS_OVER);
        }
    }
}
