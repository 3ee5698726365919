package dev.berth.store.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.scheduling.Choice;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Why a device was given its instance, as few bytes as can be: it is part of every device's document. */
final class ChoiceCodec {
    private ChoiceCodec() {}

    static void write(Choice choice, ObjectNode body) {
        body.put("at", choice.at().toEpochMilli())
                .put("rule", choice.rule().name().toLowerCase(Locale.ROOT))
                .put("pool", choice.instances())
                .put("open", choice.open());
        var contenders = body.putArray("contenders");
        for (var contender : choice.contenders()) {
            contenders
                    .addArray()
                    .add(contender.instance())
                    .add(contender.used())
                    .add(contender.registrationsMax())
                    .add(contender.weight())
                    .add(contender.opensIn().toMillis());
        }
    }

    static Choice read(JsonNode body) {
        return new Choice(
                Instant.ofEpochMilli(Format.number(body, "at")),
                Choice.Rule.valueOf(Format.text(body, "rule").toUpperCase(Locale.ROOT)),
                Math.toIntExact(Format.number(body, "pool")),
                Math.toIntExact(Format.number(body, "open")),
                body.path("contenders")
                        .valueStream()
                        .map(ChoiceCodec::contender)
                        .toList());
    }

    private static Choice.Contender contender(JsonNode values) {
        return new Choice.Contender(
                values.path(0).asText(),
                values.path(1).asLong(),
                values.path(2).asLong(),
                values.path(3).asInt(),
                Duration.ofMillis(values.path(4).asLong()));
    }
}
