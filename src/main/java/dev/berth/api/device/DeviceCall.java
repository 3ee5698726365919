package dev.berth.api.device;

/** What a request asks for, once it has arrived whole. */
sealed interface DeviceCall {
    /** {@code GET /v1/id-scope}; {@code registerAgain} when the device's hub refuses it. */
    record AskIdScope(boolean registerAgain) implements DeviceCall {}

    /** {@code POST /v1/registrations/me/result}. */
    record ReportResult(byte[] body) implements DeviceCall {}

    /** The page that explains the problems. */
    record ReadProblems() implements DeviceCall {}
}
