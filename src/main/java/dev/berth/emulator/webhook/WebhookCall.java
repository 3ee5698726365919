package dev.berth.emulator.webhook;

import dev.berth.emulator.enrollment.Webhook;
import dev.berth.emulator.instance.CustomAllocation.Reply;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of a webhook. Whatever happens first, an answer, a failure or the end of its time, is its only reply. */
final class WebhookCall {
    private static final Logger LOG = System.getLogger(WebhookCall.class.getName());
    private static final String UNREACHABLE = "the webhook cannot be reached";

    private final Vertx vertx;
    private final WebhookLimits limits;
    private final Consumer<Reply> reply;
    private final AtomicBoolean replied = new AtomicBoolean();
    private final Buffer body = Buffer.buffer();
    private volatile @Nullable HttpClientRequest request;
    private long timer;

    WebhookCall(Vertx vertx, WebhookLimits limits, Consumer<Reply> reply) {
        this.vertx = vertx;
        this.limits = limits;
        this.reply = reply;
    }

    void start(HttpClient client, Webhook webhook, Buffer json) {
        long millis = limits.timeout().toMillis();
        timer = vertx.setTimer(millis, id -> finish(new Reply.None("no answer within " + millis + " ms")));
        try {
            client.request(options(webhook))
                    .onFailure(e -> failed(webhook, e, UNREACHABLE))
                    .onSuccess(opened -> send(opened, webhook, json));
        } catch (RuntimeException e) {
            failed(webhook, e, UNREACHABLE);
        }
    }

    private static RequestOptions options(Webhook webhook) {
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(webhook.url().toString())
                .setFollowRedirects(false)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
                .putHeader(HttpHeaders.ACCEPT, "application/json");
    }

    private void send(HttpClientRequest opened, Webhook webhook, Buffer json) {
        request = opened;
        if (replied.get()) {
            opened.reset();
            return;
        }
        opened.response()
                .onFailure(e -> failed(webhook, e, "the webhook closed the connection without an answer"))
                .onSuccess(response -> receive(response, webhook));
        opened.end(json);
    }

    /** Redirects are not followed, so they are failures as any other status. */
    private void receive(HttpClientResponse response, Webhook webhook) {
        if (response.statusCode() / 100 != 2) {
            finish(new Reply.Answered(response.statusCode(), new byte[0]));
            return;
        }
        response.exceptionHandler(e -> failed(webhook, e, "the answer broke off"))
                .handler(this::add)
                .endHandler(end -> finish(new Reply.Answered(response.statusCode(), body.getBytes())));
    }

    private void add(Buffer part) {
        if (body.length() + part.length() > limits.bytesMax()) {
            finish(new Reply.None("the answer is larger than " + limits.bytesMax() + " bytes"));
        } else {
            body.appendBuffer(part);
        }
    }

    /** The URL may hold a key, and the device need not know more than the reason. */
    private void failed(Webhook webhook, Throwable cause, String reason) {
        if (!replied.get()) {
            LOG.log(Level.DEBUG, "{0}: {1}: {2}", webhook, reason, cause.toString());
        }
        finish(new Reply.None(reason));
    }

    private void finish(Reply result) {
        if (!replied.compareAndSet(false, true)) {
            return;
        }
        vertx.cancelTimer(timer);
        var open = request;
        if (open != null && !(result instanceof Reply.Answered(var status, var bytes) && status / 100 == 2)) {
            open.reset();
        }
        reply.accept(result);
    }
}
