package dev.berth.emulator.mqtt;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What CONNECT says of a device. Only what cannot be answered later is refused here: a client is told more by a status on
 * a topic than by a code of CONNACK, and SDKs deal better with it.
 */
sealed interface Login {
    /**
     * A device, whose evidence is judged with each of its requests.
     *
     * @param apiVersion as the client wrote it; empty if it did not
     * @param token its password
     */
    record Accepted(String idScope, String registrationId, String apiVersion, Optional<String> token, int keepAlive)
            implements Login {
        /** Tokens are credentials. */
        @Override
        public String toString() {
            return "Accepted[" + idScope + ", " + registrationId + ", " + apiVersion + "]";
        }
    }

    /** No device that anybody could answer. */
    record Refused(MqttConnectReturnCode code) implements Login {}

    static Login of(MqttConnectMessage connect) {
        int version = connect.variableHeader().version();
        if (version == MqttVersion.MQTT_5.protocolLevel()) {
            return new Refused(MqttConnectReturnCode.CONNECTION_REFUSED_UNSUPPORTED_PROTOCOL_VERSION);
        }
        if (version != MqttVersion.MQTT_3_1_1.protocolLevel()) {
            return new Refused(MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION);
        }
        var user = parts(connect.payload().userName());
        if (user.length != 4 || !user[1].equalsIgnoreCase("registrations")) {
            return new Refused(MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD);
        }
        if (!user[2].equalsIgnoreCase(connect.payload().clientIdentifier())) {
            return new Refused(MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED);
        }
        return new Accepted(
                user[0],
                user[2],
                new TopicProperties(user[3]).value("api-version").orElse(""),
                Optional.ofNullable(connect.payload().passwordInBytes())
                        .map(password -> new String(password, StandardCharsets.UTF_8)),
                connect.variableHeader().keepAliveTimeSeconds());
    }

    /** {@code {idScope}/registrations/{registrationId}/api-version=…&ClientVersion=…} */
    private static String[] parts(@Nullable String userName) {
        return userName == null ? new String[0] : userName.split("/", 4);
    }
}
