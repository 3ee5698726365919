package dev.berth.loadtest;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program {@code ./berth}, as anybody would call it. */
record Launcher(Path program) {

    /** Makes certificates of devices into a folder that has none yet. */
    void makeDevices(Path folder, String name, int count, Path ca, Path caKey)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var links = List.of(folder.resolve("issuer.crt"), folder.resolve("issuer.key"));
        Files.createSymbolicLink(links.getFirst(), ca.toRealPath());
        Files.createSymbolicLink(links.getLast(), caKey.toRealPath());
        try {
            run("pki", "devices", name, "--count", "" + count, "--issuer", "issuer", "--dir", folder.toString());
        } finally {
            for (var link : links) {
                Files.delete(link);
            }
        }
    }

    Process start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(Redirect.INHERIT)
                .start();
    }

    private void run(String... arguments) throws IOException, InterruptedException {
        var process = start(arguments);
        process.getInputStream().transferTo(OutputStream.nullOutputStream());
        if (process.waitFor() != 0) {
            throw new IOException("berth " + String.join(" ", arguments) + " failed");
        }
    }
}
