package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(faults("berth.device.port", String.valueOf(taken.getLocalPort())))
                    .singleElement()
                    .asString()
                    .startsWith("berth.device.host and berth.device.port: cannot listen at 127.0.0.1:"
                            + taken.getLocalPort());
        }
    }

    @Test
    void whatIsNoPortIsNamed() {
        assertThat(faults("berth.management.port", "70000")).hasSize(1);
        assertThat(faults("berth.admin.port", "https")).hasSize(1);
    }

    @Test
    void freePortsAreNoFault() {
        assertThat(faults("berth.admin.port", "0")).isEmpty();
    }

    /** With this port given, and every other one free. */
    private static List<String> faults(String name, String port) {
        return FreePorts.faults(
                setting -> Optional.of(setting.endsWith(".host") ? "127.0.0.1" : setting.equals(name) ? port : "0"));
    }
}
