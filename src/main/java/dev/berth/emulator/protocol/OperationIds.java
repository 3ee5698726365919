package dev.berth.emulator.protocol;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

/** Operation IDs of the form {@code 5.<16 hexadecimal digits>.<UUID>}; the digits are the same for an instance. */
public final class OperationIds {
    private OperationIds() {}

    public static String random(String idScope) {
        var instance = UUID.nameUUIDFromBytes(idScope.getBytes(StandardCharsets.UTF_8));
        return "5." + HexFormat.of().toHexDigits(instance.getMostSignificantBits()) + '.' + UUID.randomUUID();
    }
}
