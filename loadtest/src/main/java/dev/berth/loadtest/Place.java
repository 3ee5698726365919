package dev.berth.loadtest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The Berth that is called.
 *
 * @param trust PEM of the CAs that the devices trust
 */
record Place(String url, Path trust, Identities identities, Runnable end) implements AutoCloseable {

    List<Device> devices(int count) throws IOException, InterruptedException {
        return identities.devices(count);
    }

    @Override
    public void close() {
        end.run();
    }
}
