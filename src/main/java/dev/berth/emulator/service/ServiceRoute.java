package dev.berth.emulator.service;

import dev.berth.emulator.enrollment.EnrollmentKind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a request line asks of the service API; letter case does not matter, nor does a slash at the end. */
sealed interface ServiceRoute {
    Pattern OUTER_SLASHES = Pattern.compile("^/|/$");

    /** Something that it knows. */
    record Found(ServiceCall call) implements ServiceRoute {}

    /** The path is known, the method is not. */
    record OtherMethod(String allow) implements ServiceRoute {}

    /** No such path. */
    record Unknown() implements ServiceRoute {}

    static ServiceRoute of(String method, String path) {
        var parts = parts(path);
        if (parts.isEmpty()) {
            return new Unknown();
        }
        for (var kind : EnrollmentKind.values()) {
            if (parts.getFirst().equalsIgnoreCase(kind.collection)) {
                return enrollments(method, kind, parts);
            }
        }
        return parts.getFirst().equalsIgnoreCase("registrations") ? registrations(method, parts) : new Unknown();
    }

    private static ServiceRoute enrollments(String method, EnrollmentKind kind, List<String> parts) {
        if (parts.size() == 1) {
            return post(method, new ServiceCall.Bulk(kind));
        }
        String id = parts.get(1);
        if (parts.size() == 3 && parts.get(2).equalsIgnoreCase("attestationmechanism")) {
            return post(method, new ServiceCall.GetAttestation(kind, id));
        }
        if (parts.size() > 2) {
            return new Unknown();
        }
        return switch (method) {
            case "GET" -> new Found(new ServiceCall.GetEnrollment(kind, id));
            case "PUT" -> new Found(new ServiceCall.PutEnrollment(kind, id));
            case "DELETE" -> new Found(new ServiceCall.DeleteEnrollment(kind, id));
            case "POST" ->
                id.equalsIgnoreCase("query")
                        ? new Found(new ServiceCall.QueryEnrollments(kind))
                        : new OtherMethod("GET, PUT, DELETE");
            default -> new OtherMethod("GET, PUT, DELETE");
        };
    }

    private static ServiceRoute registrations(String method, List<String> parts) {
        if (parts.size() == 3 && parts.get(2).equalsIgnoreCase("query")) {
            return post(method, new ServiceCall.QueryRegistrations(parts.get(1)));
        }
        if (parts.size() != 2) {
            return new Unknown();
        }
        return switch (method) {
            case "GET" -> new Found(new ServiceCall.GetRegistration(parts.get(1)));
            case "DELETE" -> new Found(new ServiceCall.DeleteRegistration(parts.get(1)));
            default -> new OtherMethod("GET, DELETE");
        };
    }

    private static ServiceRoute post(String method, ServiceCall call) {
        return method.equals("POST") ? new Found(call) : new OtherMethod("POST");
    }

    /** The decoded segments; none if an escape is broken or a segment is empty. */
    private static List<String> parts(String path) {
        var parts = new ArrayList<String>();
        for (String part : OUTER_SLASHES.matcher(path).replaceAll("").split("/", -1)) {
            try {
                parts.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException broken) {
                return List.of();
            }
        }
        return parts.contains("") ? List.of() : parts;
    }
}
