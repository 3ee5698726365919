package dev.berth.sandbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The ports of the service's three listeners. */
record ServicePorts(int device, int admin, int management) {
    /** Three different ports that are free now. */
    static ServicePorts free() throws IOException {
        int device = FreePort.choose();
        int admin = another(device, device);
        return new ServicePorts(device, admin, another(device, admin));
    }

    /** Those of so many services. */
    static List<ServicePorts> free(int services) throws IOException {
        var ports = new ArrayList<ServicePorts>();
        for (int service = 0; service < services; service++) {
            ports.add(free());
        }
        return ports;
    }

    private static int another(int one, int two) throws IOException {
        int port = FreePort.choose();
        while (port == one || port == two) {
            port = FreePort.choose();
        }
        return port;
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
}
