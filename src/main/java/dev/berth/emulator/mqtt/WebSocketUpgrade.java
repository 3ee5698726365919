package dev.berth.emulator.mqtt;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** MQTT over WebSocket, at the paths that DPS has for it, before the other handlers of an HTTPS listener. */
public final class WebSocketUpgrade implements Handler<HttpServerRequest> {
    /** What SDKs offer; azure-iot-sdk-c writes it in upper case, and wants it back so. */
    public static final List<String> SUB_PROTOCOLS = List.of("mqtt", "MQTT");

    private static final Set<String> PATHS = Set.of("/mqtt", "/$iothub/websocket");

    private final MqttServer mqtt;
    private final Handler<HttpServerRequest> others;

    public WebSocketUpgrade(MqttServer mqtt, Handler<HttpServerRequest> others) {
        this.mqtt = mqtt;
        this.others = others;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (!PATHS.contains(request.path())) {
            others.handle(request);
        } else if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            request.response()
                    .setStatusCode(426)
                    .putHeader(HttpHeaders.UPGRADE, "websocket")
                    .end();
        } else if (!offersMqtt(request)) {
            refuse(request, 400, "Sec-WebSocket-Protocol must offer mqtt");
        } else if (!mqtt.admitted()) {
            refuse(request, 503, "too many connections");
        } else {
            upgrade(request);
        }
    }

    private void upgrade(HttpServerRequest request) {
        request.toWebSocket().onSuccess(socket -> mqtt.serve(socket, request)).onFailure(malformed -> mqtt.left());
    }

    private static boolean offersMqtt(HttpServerRequest request) {
        return request.headers().getAll("Sec-WebSocket-Protocol").stream()
                .flatMap(offers -> Arrays.stream(offers.split(",", -1)))
                .anyMatch(offer -> SUB_PROTOCOLS.contains(offer.strip()));
    }

    private static void refuse(HttpServerRequest request, int status, String reason) {
        request.response().setStatusCode(status).end(reason + '\n');
    }
}
