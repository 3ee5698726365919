package dev.berth.emulator.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.fault.Disruption;
import dev.berth.emulator.fault.FaultPlan;
import dev.berth.emulator.fault.InjectedError;
import dev.berth.emulator.json.Json;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * One request of a device by MQTT and what is to go wrong with it. A reset ends the connection, all of it; a dripping answer
 * comes whole when its last byte would, because other packets share the connection.
 */
record FaultyPublish(Vertx vertx, MqttStream stream, FaultPlan plan) {
    /** The way in: continues with one of the two, or with none. */
    void arrive(Runnable served, Consumer<InjectedError> refused) {
        after(plan.delay(), () -> strike(served, refused));
    }

    private void strike(Runnable served, Consumer<InjectedError> refused) {
        switch (plan.disruption()) {
            case Disruption.None _, Disruption.Spoilt _, Disruption.ResetAfter _ -> served.run();
            case Disruption.ResetBefore _ -> stream.reset();
            case Disruption.Refusal(var error) -> refused.accept(error);
            case Disruption.Silence(var until) -> after(until, stream::reset);
        }
    }

    /** The way out, with the body of an answer. */
    void depart(JsonNode body, Consumer<byte[]> send) {
        switch (plan.disruption()) {
            case Disruption.None _, Disruption.Refusal _ -> drip(Json.write(body), send);
            case Disruption.Spoilt(var how) -> drip(how.spoil(body), send);
            case Disruption.ResetAfter _ -> stream.reset();
            case Disruption.ResetBefore _, Disruption.Silence _ -> throw new IllegalStateException("nobody was asked");
        }
    }

    private void drip(byte[] body, Consumer<byte[]> send) {
        after(plan.perByte().multipliedBy(body.length), () -> send.accept(body));
    }

    private void after(Duration delay, Runnable action) {
        if (delay.toMillis() == 0) {
            action.run();
        } else {
            vertx.setTimer(delay.toMillis(), timer -> action.run());
        }
    }
}
