package dev.berth.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Where the local Cosmos DB is installed: once for each version of its files, beneath the user's cache, with npm. */
public final class LocalCosmosInstallation {
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "server.js");

    private LocalCosmosInstallation() {}

    /** Why this machine cannot run it, if so. */
    public static Optional<String> obstacle() {
        for (var program : List.of("node", "npm")) {
            if (!runs(program)) {
                return Optional.of(
                        "the local Cosmos DB needs Node.js, and there is no " + program + " on this machine");
            }
        }
        return Optional.empty();
    }

    /** Installs it unless it is there already. */
    static Path directory() throws IOException, InterruptedException {
        var obstacle = obstacle();
        if (obstacle.isPresent()) {
            throw new IOException(obstacle.get());
        }
        var directory = cache().resolve(version());
        return Files.isDirectory(directory) ? directory : install(directory);
    }

    /** In a draft beside it, which becomes the installation as a whole; whoever is slower takes what is there. */
    private static Path install(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory.getParent());
        var draft = Files.createTempDirectory(directory.getParent(), "draft");
        for (var file : FILES) {
            Files.write(draft.resolve(file), read(file));
        }
        var log = draft.resolve("npm.log");
        var npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                .directory(draft.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.toFile()))
                .start();
        if (npm.waitFor() != 0) {
            throw new IOException("npm could not install the local Cosmos DB; see " + log);
        }
        try {
            Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
            // Another process was faster; the draft stays behind in the cache.
        }
        return directory;
    }

    private static Path cache() {
        var home = System.getenv("XDG_CACHE_HOME");
        var base = home == null || home.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(home);
        return base.resolve("berth").resolve("cosmos");
    }

    private static String version() throws IOException {
        var sum = new CRC32C();
        for (var file : FILES) {
            sum.update(read(file));
        }
        return HexFormat.of().toHexDigits(sum.getValue(), 8);
    }

    private static byte[] read(String file) throws IOException {
        try (InputStream resource = LocalCosmosInstallation.class.getResourceAsStream("cosmos/" + file)) {
            if (resource == null) {
                throw new IOException("not part of this build: " + file);
            }
            return resource.readAllBytes();
        }
    }

    private static boolean runs(String program) {
        try {
            var process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 && !said.isBlank();
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
