package dev.berth.sandbox;

import dev.berth.pki.CertifiedKey;
import java.io.IOException;
import java.util.concurrent.Executors;

/**
 * Calls service and emulator until the JVM has compiled what a first boot runs through. A stranger calls, at an ID scope that does
 * not exist, so that nothing is assigned, registered or counted.
 */
final class WarmUp {
    private static final int CALLERS = 4;
    private static final String NO_SCOPE = "0ne00000000";

    private final Sandbox sandbox;
    private final ClientTls tls;

    WarmUp(Sandbox sandbox, ClientTls tls) {
        this.sandbox = sandbox;
        this.tls = tls;
    }

    void run(int calls) {
        CertifiedKey stranger = SandboxPki.stranger();
        try (var callers =
                Executors.newFixedThreadPool(CALLERS, Thread.ofVirtual().factory())) {
            for (int call = 0; call < calls; call++) {
                callers.execute(() -> call(stranger));
            }
        }
    }

    private void call(CertifiedKey stranger) {
        var https = new HttpsCaller(tls.context(stranger));
        try {
            for (var replica : sandbox.deviceUrls()) {
                https.get(replica + "/v1/id-scope");
            }
            https.get("https://" + sandbox.dps().deviceEndpoint() + "/" + NO_SCOPE + "/registrations/a/operations/a");
        } catch (IOException failure) {
            throw new IllegalStateException("service or emulator cannot be reached", failure);
        }
    }
}
