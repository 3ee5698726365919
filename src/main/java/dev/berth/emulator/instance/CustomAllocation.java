package dev.berth.emulator.instance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.enrollment.Webhook;
import java.util.function.Consumer;

/** Asks a webhook which hub a device gets. */
public interface CustomAllocation {
    /** Nobody to ask. */
    CustomAllocation NONE = (webhook, request, reply) -> reply.accept(new Reply.None("no webhook can be called"));

    /** Never waits and never throws; answers once, from any thread, within a time of its own. */
    void ask(Webhook webhook, JsonNode request, Consumer<Reply> reply);

    /** What came of it. */
    sealed interface Reply {
        /** An HTTP answer, whatever it says. */
        record Answered(int status, byte[] body) implements Reply {}

        /** None that counts, for this reason. */
        record None(String reason) implements Reply {}
    }
}
