package dev.berth.api.admin;

import dev.berth.emulator.ArrivalTimeContract;
import io.vertx.core.Vertx;
import java.time.Duration;

/** The rules, for the admin listener. */
class AdminArrivalTimeTest extends ArrivalTimeContract {
    @Override
    protected Runnable begin(Vertx vertx, Duration max, Runnable whenLate) {
        return ArrivalTime.begin(vertx, max, whenLate)::end;
    }
}
