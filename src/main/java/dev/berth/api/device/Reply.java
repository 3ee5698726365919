package dev.berth.api.device;

import dev.berth.api.problem.Problem;
import dev.berth.api.problem.ProblemType;
import dev.berth.api.problem.RequestId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a request is answered with. */
sealed interface Reply {
    int status();

    /** The headers but for the length; they name the request. */
    Map<String, String> headers(RequestId request);

    byte[] body(RequestId request);

    /** Why it was refused, if it was. */
    default Optional<ProblemType> problem() {
        return Optional.empty();
    }

    /** All is well. */
    record Content(int status, Map<String, String> extraHeaders, byte[] content) implements Reply {
        private static final byte[] NOTHING = {};

        static Content json(byte[] json) {
            return new Content(200, Map.of("Content-Type", "application/json", "Cache-Control", "no-store"), json);
        }

        /** 204 with these headers. */
        static Content none(Map<String, String> headers) {
            return new Content(204, headers, NOTHING);
        }

        @Override
        public Map<String, String> headers(RequestId request) {
            var headers = new LinkedHashMap<>(extraHeaders);
            headers.put(RequestId.HEADER, request.value());
            return headers;
        }

        @Override
        public byte[] body(RequestId request) {
            return content;
        }
    }

    /** Something is wrong, and the document says what; {@code extraHeaders} for example {@code Allow}. */
    record Refusal(Problem document, Map<String, String> extraHeaders) implements Reply {
        Refusal(Problem document) {
            this(document, Map.of());
        }

        @Override
        public int status() {
            return document.status();
        }

        @Override
        public Map<String, String> headers(RequestId request) {
            var headers = new LinkedHashMap<>(document.headers(request));
            headers.putAll(extraHeaders);
            return headers;
        }

        @Override
        public byte[] body(RequestId request) {
            return document.toJson(request);
        }

        @Override
        public Optional<ProblemType> problem() {
            return Optional.of(document.type());
        }
    }
}
