package dev.berth.emulator.mqtt;

/** What a topic asks that a device published to. */
sealed interface RequestTopic {
    /** Topics of the device API, the filter of its answers included, begin so. */
    String PREFIX = "$dps/registrations/";

    /** As long as an SDK's UUID several times over; it comes back in the answer's topic. */
    int REQUEST_ID_CHARS_MAX = 256;

    /** {@code PUT/iotdps-register/?$rid=…} */
    record Register(String requestId) implements RequestTopic {}

    /** {@code GET/iotdps-get-operationstatus/?$rid=…&operationId=…} */
    record OperationStatus(String requestId, String operationId) implements RequestTopic {}

    /** A topic of the device API with something missing. */
    record Malformed(String requestId) implements RequestTopic {}

    /** A topic that the device API does not have. */
    record Unknown(String requestId) implements RequestTopic {}

    /** A topic of something else, with nobody to answer. */
    record Foreign() implements RequestTopic {}

    static RequestTopic of(String topic) {
        if (!topic.startsWith(PREFIX)) {
            return new Foreign();
        }
        int query = topic.indexOf("/?");
        var properties = new TopicProperties(query < 0 ? "" : topic.substring(query + 2));
        var requestId = properties.value("$rid").orElse("");
        if (requestId.isEmpty() || requestId.length() > REQUEST_ID_CHARS_MAX) {
            return new Malformed("");
        }
        return switch (topic.substring(0, query)) {
            case PREFIX + "PUT/iotdps-register" -> new Register(requestId);
            case PREFIX + "GET/iotdps-get-operationstatus" ->
                properties
                        .value("operationId")
                        .<RequestTopic>map(operationId -> new OperationStatus(requestId, operationId))
                        .orElse(new Malformed(requestId));
            default -> new Unknown(requestId);
        };
    }
}
