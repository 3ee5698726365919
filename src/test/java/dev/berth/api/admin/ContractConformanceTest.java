package dev.berth.api.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.contract.Conformance;
import dev.berth.api.contract.Operation;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The running service and {@code openapi.yaml} do not differ. */
@QuarkusTest
@TestProfile(AdminProfile.class)
class ContractConformanceTest {
    private static final Conformance CONFORMANCE = AdminClient.conformance();
    private static final List<Class<?>> RESOURCES = List.of(
            TenantResource.class,
            DpsInstanceResource.class,
            DpsInstanceMoveResource.class,
            EnrollmentSyncResource.class,
            ReconciliationResource.class,
            ArrivalResource.class,
            DpsInstanceForecastResource.class,
            PoolForecastResource.class,
            TrustAnchorResource.class,
            EnrollmentGroupResource.class,
            DeviceResource.class,
            ExplanationResource.class,
            ProblemPageResource.class);

    /** What an example needs has to be there first. */
    private static final List<String> ORDER =
            List.of("putTenant", "putDpsInstance", "putTrustAnchor", "putEnrollmentGroup");

    private final AdminClient admin = AdminClient.as(TestPki.PLATFORM_ADMIN);

    @Test
    void servesExactlyTheRoutesOfTheContract() {
        var served = routes().map(route -> route.method + " " + route.path).collect(Collectors.toSet());

        assertThat(served).isEqualTo(CONFORMANCE.routes(Operation.ADMIN_LISTENER));
    }

    @Test
    void namesEveryResourceMethodAsItsOperation() {
        routes().forEach(route -> {
            var operation = CONFORMANCE.operation(route.operation);
            assertThat(route.method + " " + route.path).isEqualTo(operation.method() + " " + operation.path());
        });
    }

    @Test
    void answersEveryDocumentedExampleAsDocumented() {
        var operations = CONFORMANCE.contract().operations().stream()
                .filter(operation -> operation.isOn(Operation.ADMIN_LISTENER))
                .sorted(Comparator.comparingInt(ContractConformanceTest::order))
                .toList();
        var statuses = new TreeMap<String, Integer>();
        for (var operation : operations) {
            var examples = CONFORMANCE.examples(operation);
            examples.forEach(body -> statuses.merge(
                    operation.id(),
                    admin.call(operation.id(), path(operation), body).status(),
                    Math::min));
            if (examples.isEmpty()) {
                statuses.put(
                        operation.id(),
                        admin.call(operation.id(), path(operation), null).status());
            }
        }
        assertThat(statuses)
                .containsEntry("putTenant", 201)
                .containsEntry("putDpsInstance", 201)
                .containsEntry("putTrustAnchor", 201)
                .containsEntry(
                        "putEnrollmentGroup", 400) // a managed one needs credentials, which nobody configured here
                .containsEntry("createVerificationCode", 200)
                .containsEntry("verifyTrustAnchor", 400)
                .containsEntry("listDevices", 200)
                .containsEntry("getDpsInstanceForecast", 200)
                .containsEntry("listPoolForecasts", 200)
                .containsEntry("deleteTrustAnchor", 204);
    }

    /** Creation in the order of need, deletion in the opposite one, everything else between. */
    private static int order(Operation operation) {
        int place = ORDER.indexOf(operation.id().replace("delete", "put"));
        return switch (operation.method()) {
            case "DELETE" -> 100 - place;
            case "PUT" -> place;
            default -> 50;
        };
    }

    private static String path(Operation operation) {
        var anchor = operation.path().contains("trust-anchors") ? "factory" : "eu-1";
        return operation
                .path()
                .replace("{tenant}", "contoso")
                .replace("{name}", anchor)
                .replace("{registrationId}", "thermostat-0001");
    }

    private record Route(String operation, String method, String path) {}

    private static Stream<Route> routes() {
        return RESOURCES.stream()
                .flatMap(resource -> Arrays.stream(resource.getDeclaredMethods())
                        .flatMap(method -> route(resource, method).stream()));
    }

    private static Optional<Route> route(Class<?> resource, Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .findFirst()
                .map(verb -> {
                    var below = method.getAnnotation(Path.class);
                    var root = resource.getAnnotation(Path.class).value();
                    return new Route(method.getName(), verb.value(), below == null ? root : root + "/" + below.value());
                });
    }
}
