package dev.berth.emulator.https;

import dev.berth.emulator.ArrivalTimeContract;
import io.vertx.core.Vertx;
import java.time.Duration;

/** The rules, for the emulator. */
class EmulatorArrivalTimeTest extends ArrivalTimeContract {
    @Override
    protected Runnable begin(Vertx vertx, Duration max, Runnable whenLate) {
        return ArrivalTime.begin(vertx, max, whenLate)::end;
    }
}
