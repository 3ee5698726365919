package dev.berth.emulator.admin;

import dev.berth.emulator.instance.EmulatedInstance;
import dev.berth.emulator.instance.Instances;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where an instance's CAs are: as Azure Resource Manager has them, and in short.
 *
 * @param base the path of the whole collection
 * @param rest name and action, as far as they are there
 * @param etagsRequired whether a change has to name the etag of what it changes, as it has to at Azure
 */
record CertificatePath(EmulatedInstance instance, String base, List<String> rest, boolean etagsRequired) {
    private static final int ARM_SEGMENTS = 9;
    private static final int SHORT_SEGMENTS = 3;

    /** None where the path is another one, or of an instance that does not exist. */
    static Optional<CertificatePath> of(String path, Instances instances) {
        var parts = parts(path);
        if (armShaped(parts)) {
            return named(instances, parts.get(7)).map(instance -> of(instance, parts, ARM_SEGMENTS, true));
        }
        if (parts.size() >= SHORT_SEGMENTS
                && parts.get(0).equals("instances")
                && parts.get(2).equals("certificates")) {
            return Optional.ofNullable(instances.find(parts.get(1)))
                    .map(instance -> of(instance, parts, SHORT_SEGMENTS, false));
        }
        return Optional.empty();
    }

    private static boolean armShaped(List<String> parts) {
        return parts.size() >= ARM_SEGMENTS
                && parts.get(0).equalsIgnoreCase("subscriptions")
                && parts.get(2).equalsIgnoreCase("resourceGroups")
                && parts.get(4).equalsIgnoreCase("providers")
                && parts.get(5).equalsIgnoreCase("Microsoft.Devices")
                && parts.get(6).equalsIgnoreCase("provisioningServices")
                && parts.get(8).equalsIgnoreCase("certificates");
    }

    private static CertificatePath of(EmulatedInstance instance, List<String> parts, int segments, boolean arm) {
        return new CertificatePath(
                instance,
                '/' + String.join("/", parts.subList(0, segments)),
                parts.subList(segments, parts.size()),
                arm);
    }

    private static Optional<EmulatedInstance> named(Instances instances, String name) {
        return instances.all().stream()
                .filter(instance -> instance.config().name().equalsIgnoreCase(name))
                .findFirst();
    }

    private static List<String> parts(String path) {
        try {
            return Arrays.stream(path.substring(path.startsWith("/") ? 1 : 0).split("/", -1))
                    .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                    .toList();
        } catch (IllegalArgumentException brokenEscape) {
            return List.of();
        }
    }
}
