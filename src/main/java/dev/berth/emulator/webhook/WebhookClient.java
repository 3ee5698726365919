package dev.berth.emulator.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.enrollment.Webhook;
import dev.berth.emulator.instance.CustomAllocation;
import dev.berth.emulator.json.Json;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Asks webhooks over HTTP, within limits of time, size and number, without waiting for any of them. */
public final class WebhookClient implements CustomAllocation {
    /** Shorter than servers keep idle connections, so that a call does not meet one that is being closed. */
    private static final int KEEP_ALIVE_SECONDS = 2;

    private final Vertx vertx;
    private final WebhookLimits limits;
    private final HttpClient client;
    private final AtomicInteger calls = new AtomicInteger();

    /**
     * A client whose calls run on the event loops of their callers.
     *
     * @throws IOException if the file of trusted CAs cannot be read
     */
    public WebhookClient(Vertx vertx, WebhookLimits limits) throws IOException {
        this.vertx = vertx;
        this.limits = limits;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setTrustOptions(TrustOptions.wrap(WebhookTrust.of(limits.caFile())))
                .setMaxPoolSize(limits.callsMax())
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setConnectTimeout((int) limits.timeout().toMillis()));
    }

    @Override
    public void ask(Webhook webhook, JsonNode request, Consumer<Reply> reply) {
        if (calls.incrementAndGet() > limits.callsMax()) {
            calls.decrementAndGet();
            reply.accept(new Reply.None("more than " + limits.callsMax() + " calls at once"));
            return;
        }
        new WebhookCall(vertx, limits, answer -> {
                    calls.decrementAndGet();
                    reply.accept(answer);
                })
                .start(client, webhook, Buffer.buffer(Json.write(request)));
    }
}
