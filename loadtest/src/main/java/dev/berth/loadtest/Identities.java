package dev.berth.loadtest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where the devices' certificates come from: a folder, or a CA that signs new ones. One of the two is null. */
record Identities(Launcher launcher, Path folder, Path ca, Path caKey, Path certificates) {

    List<Device> devices(int count) throws IOException, InterruptedException {
        Path from = certificates;
        if (from == null) {
            from = folder.resolve("certificates");
            // A name of its own for each run: devices that were there before are no new ones.
            String name = "loadtest-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
            launcher.makeDevices(from, name, count, ca, caKey);
        }
        var devices = new CertificateFolder(from).devices(count);
        if (devices.size() < count) {
            throw new IOException("%s holds certificates and keys of %,d devices; this run needs %,d"
                    .formatted(from, devices.size(), count));
        }
        return devices;
    }
}
