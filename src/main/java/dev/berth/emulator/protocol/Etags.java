package dev.berth.emulator.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/** Entity tags as DPS writes them: a UUID between quotation marks, in base64. */
public final class Etags {
    private Etags() {}

    public static String random() {
        return of(UUID.randomUUID());
    }

    public static String of(UUID uuid) {
        var quoted = '"' + uuid.toString() + '"';
        return Base64.getEncoder().encodeToString(quoted.getBytes(StandardCharsets.UTF_8));
    }
}
