package dev.berth.emulator.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.admin.AdminApi.Answer;
import dev.berth.emulator.enrollment.CertificateAuthorities;
import dev.berth.emulator.enrollment.EnrollmentReader;
import dev.berth.emulator.enrollment.UploadedAuthority;
import dev.berth.emulator.json.InvalidConfigException;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.protocol.Decision;
import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.EtagCondition;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.security.cert.X509Certificate;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** Uploads CAs and takes the proof that their owner holds their keys. */
record CertificateRoutes(CertificatePath path, HttpServerRequest request, byte[] body) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,256}");

    Answer answer() {
        var rest = path.rest();
        return switch (rest.size()) {
            case 0 -> AdminApi.when(request, HttpMethod.GET).orElseGet(this::list);
            case 1 -> one(rest.get(0));
            case 2 ->
                switch (rest.get(1)) {
                    case "generateVerificationCode" ->
                        AdminApi.when(request, HttpMethod.POST).orElseGet(() -> generateCode(rest.get(0)));
                    case "verify" -> AdminApi.when(request, HttpMethod.POST).orElseGet(() -> verify(rest.get(0)));
                    default -> AdminApi.notFound();
                };
            default -> AdminApi.notFound();
        };
    }

    private Answer list() {
        var list = Json.object();
        var value = list.putArray("value");
        authorities().list().forEach(uploaded -> value.add(CertificateJson.of(uploaded, path.base())));
        return Answer.ok(list);
    }

    private Answer one(String name) {
        var other = AdminApi.when(request, HttpMethod.GET, HttpMethod.PUT, HttpMethod.DELETE);
        if (other.isPresent()) {
            return other.get();
        }
        return switch (request.method().name()) {
            case "PUT" -> put(name);
            case "DELETE" -> delete(name);
            default ->
                authorities()
                        .find(name)
                        .map(uploaded -> Answer.ok(CertificateJson.of(uploaded, path.base())))
                        .orElseGet(AdminApi::notFound);
        };
    }

    /** Old api-versions have the certificate at the top of the body, newer ones among the properties. */
    private Answer put(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidConfigException("/name", "must match " + NAME.pattern());
        }
        var json = json();
        var properties =
                json.at("properties").absent() ? json : json.at("properties").object();
        return answer(
                authorities()
                        .put(
                                name,
                                EnrollmentReader.certificate(properties.at("certificate")),
                                properties.at("isVerified").flag(false),
                                path.etagsRequired() ? sent() : orAny()),
                CertificateJson::of);
    }

    private Answer delete(String name) {
        if (authorities().find(name).isEmpty()) {
            return new Answer(204, Json.object());
        }
        return when(condition -> answer(authorities().remove(name, condition), CertificateJson::of));
    }

    private Answer generateCode(String name) {
        return when(condition -> answer(authorities().generateCode(name, condition), CertificateJson::withCode));
    }

    private Answer verify(String name) {
        X509Certificate proof = EnrollmentReader.certificate(json().at("certificate"));
        return when(condition -> answer(authorities().verify(name, proof, condition), CertificateJson::of));
    }

    private interface Change {
        Answer under(EtagCondition condition);
    }

    private Answer when(Change change) {
        return path.etagsRequired() && sent() instanceof EtagCondition.None
                ? Answer.error(400, "The If-Match header is missing.")
                : change.under(sent());
    }

    private EtagCondition sent() {
        return EtagCondition.of(request.getHeader(HttpHeaders.IF_MATCH));
    }

    private EtagCondition orAny() {
        return sent() instanceof EtagCondition.None ? new EtagCondition.Existing() : sent();
    }

    private Answer answer(
            Decision<UploadedAuthority> decision, BiFunction<UploadedAuthority, String, ObjectNode> view) {
        return switch (decision) {
            case Decision.Done<UploadedAuthority>(var uploaded) -> Answer.ok(view.apply(uploaded, path.base()));
            case Decision.Refused<UploadedAuthority>(var error, var detail) -> Answer.refused(error, detail);
        };
    }

    private CertificateAuthorities authorities() {
        return path.instance().certificateAuthorities();
    }

    private JsonAt json() {
        return JsonAt.root(Json.read(body)
                        .orElseThrow(() -> new InvalidConfigException("", DpsError.MALFORMED_JSON.message)))
                .object();
    }
}
