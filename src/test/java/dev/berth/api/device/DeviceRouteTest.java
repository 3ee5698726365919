package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.contract.Conformance;
import dev.berth.api.contract.Operation;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The device listener and {@code openapi.yaml} name the same routes. */
class DeviceRouteTest {
    @Test
    void routesAreThoseOfTheContract() {
        var served = Arrays.stream(DeviceRoute.values())
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toSet());

        assertThat(served).isEqualTo(new Conformance().routes(Operation.DEVICE_LISTENER));
    }
}
