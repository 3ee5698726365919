package dev.berth.api.admin;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may be. Each holds within one tenant, but for {@link #PLATFORM_ADMIN}, who stands above them. */
enum Role {
    PLATFORM_ADMIN,
    ADMIN,
    OPERATOR,
    MANUFACTURER,
    INSTALLER,
    READER;

    /** The name in certificates, tokens and the contract, for example {@code platform-admin}. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Role> parse(String wireName) {
        return Arrays.stream(values())
                .filter(role -> role.wireName().equals(wireName))
                .findFirst();
    }
}
