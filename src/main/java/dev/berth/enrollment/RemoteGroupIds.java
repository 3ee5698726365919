package dev.berth.enrollment;

import dev.berth.enrollment.RemoteGroup.Mark;
import dev.berth.identity.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The names of Berth's groups at DPS: {@code berth.contoso.factory}. Neither tenants nor anchors have a dot in their names, so that no two
 * pairs share one; what is too long for DPS is cut, and told apart by a hash.
 */
public final class RemoteGroupIds {
    static final int LENGTH_MAX = 128;
    private static final int HASH_LENGTH = 8;

    private RemoteGroupIds() {}

    public static String of(TenantId tenant, String trustAnchor) {
        var id = "berth." + tenant + "." + trustAnchor;
        return id.length() <= LENGTH_MAX ? id : id.substring(0, LENGTH_MAX - HASH_LENGTH - 1) + "." + hash(id);
    }

    static String of(Mark mark) {
        return of(mark.tenant(), mark.trustAnchor());
    }

    static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
