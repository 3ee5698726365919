package dev.berth.emulator.instance;

import java.util.List;

/**
 * Where an instance's service API listens, and whom it lets in.
 *
 * @param port 0 for a free one
 * @param policies beside that of the owner, or in its place
 */
public record ServiceAccess(int port, List<SharedAccessPolicy> policies) {
    public static final ServiceAccess DEFAULT = new ServiceAccess(0, List.of());
}
