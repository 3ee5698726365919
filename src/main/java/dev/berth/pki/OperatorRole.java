package dev.berth.pki;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A role as an operator certificate carries it, in a subject alternative name of the form URI. */
public final class OperatorRole {
    public static final OperatorRole PLATFORM_ADMIN = new OperatorRole("urn:berth:role:platform-admin");
    /** The roles there are within a tenant. */
    public static final Set<String> NAMES = Set.of("admin", "operator", "manufacturer", "installer", "reader");

    private static final Pattern FORM =
            Pattern.compile("(?<tenant>[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?):(?<role>[a-z]+)");

    private final String urn;

    private OperatorRole(String urn) {
        this.urn = urn;
    }

    /** A role within a tenant; {@code role} is one of {@link #NAMES}. */
    public static OperatorRole in(String tenant, String role) {
        return parse(tenant + ":" + role)
                .orElseThrow(() -> new IllegalArgumentException("no such role: " + tenant + ":" + role));
    }

    /** {@code platform-admin}, or {@code tenant:role}. */
    public static Optional<OperatorRole> parse(String text) {
        if (text.equals("platform-admin")) {
            return Optional.of(PLATFORM_ADMIN);
        }
        var form = FORM.matcher(text);
        return form.matches() && NAMES.contains(form.group("role"))
                ? Optional.of(
                        new OperatorRole("urn:berth:tenant:" + form.group("tenant") + ":role:" + form.group("role")))
                : Optional.empty();
    }

    /** The URI. */
    @Override
    public String toString() {
        return urn;
    }
}
