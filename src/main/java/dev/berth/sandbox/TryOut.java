package dev.berth.sandbox;

import java.nio.file.Path;

/** Commands that call a running sandbox; they work when pasted into a shell. */
final class TryOut {
    private final Sandbox sandbox;
    private final SandboxFiles files;

    TryOut(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.files = sandbox.files();
    }

    /** Where to register and when, asked by one device. */
    String askAsDevice() {
        return curl(
                files.deviceCertificate(), files.deviceKey(), sandbox.ports().deviceUrl() + "/v1/id-scope");
    }

    /** The first few devices, asked by the administrator. */
    String listDevices() {
        String devices = sandbox.ports().adminUrl() + "/v1/tenants/" + Sandbox.TENANT + "/devices?limit=3";
        return curl(files.adminCertificate(), files.adminKey(), devices);
    }

    /** What the emulator counted. */
    String lookAtEmulator() {
        var dps = sandbox.dps();
        return "curl -s "
                + quoted(dps.adminUrl() + "/instances/"
                        + dps.instances().getFirst().idScope());
    }

    private String curl(Path certificate, Path key, String url) {
        return "curl -s --cacert %s --cert %s --key %s %s"
                .formatted(
                        quoted(files.serverCa().toString()),
                        quoted(certificate.toString()),
                        quoted(key.toString()),
                        quoted(url));
    }

    /** One word of a shell command, whatever is in it. */
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
