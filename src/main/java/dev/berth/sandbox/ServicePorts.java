package dev.berth.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Stream;

/** The ports of the service's three listeners. */
record ServicePorts(int device, int admin, int management) {
    /** Three ports that are free now; they are let go before the service takes them. */
    static ServicePorts free() throws IOException {
        List<ServerSocket> held =
                Stream.generate(ServicePorts::anyPort).limit(3).toList();
        for (ServerSocket socket : held) {
            socket.close();
        }
        return new ServicePorts(
                held.get(0).getLocalPort(),
                held.get(1).getLocalPort(),
                held.get(2).getLocalPort());
    }

    String deviceUrl() {
        return "https://localhost:" + device;
    }

    String adminUrl() {
        return "https://localhost:" + admin;
    }

    String managementUrl() {
        return "http://localhost:" + management;
    }

    private static ServerSocket anyPort() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
