package dev.berth.emulator.protocol;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

/** Operation IDs of the form {@code 5.<16 hexadecimal digits>.<UUID>}; the digits are the same for an instance. */
public final class OperationIds {
    private final String prefix;

    public OperationIds(String idScope) {
        var instance = UUID.nameUUIDFromBytes(idScope.getBytes(StandardCharsets.UTF_8));
        prefix = "5." + HexFormat.of().toHexDigits(instance.getMostSignificantBits()) + '.';
    }

    public String of(UUID operation) {
        return prefix + operation;
    }
}
