package dev.berth.sandbox;

import java.io.IOException;

/** The ports of the service's three listeners. */
record ServicePorts(int device, int admin, int management) {
    /** Three different ports that are free now. */
    static ServicePorts free() throws IOException {
        int device = FreePort.choose();
        int admin = another(device, device);
        return new ServicePorts(device, admin, another(device, admin));
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
