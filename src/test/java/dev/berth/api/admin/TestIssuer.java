package dev.berth.api.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.PemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An OpenID Connect issuer on a loopback port: its discovery document, its keys, and tokens of any content. */
final class TestIssuer {
    static final String AUDIENCE = "berth";
    private static final String URL_PROPERTY = "dev.berth.test.issuer";
    private static final Path KEY_FILE = Path.of(TestPki.file("issuer.key"));
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private TestIssuer() {}

    /** Starts the issuer unless it runs; several class loaders share it. */
    static String url() {
        var known = System.getProperty(URL_PROPERTY);
        return known == null ? start() : known;
    }

    /** The claims of a good token of somebody with {@code role} in {@code tenant}. */
    static Map<String, Object> claims(String role, String tenant) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", url());
        claims.put("aud", AUDIENCE);
        claims.put("sub", "somebody");
        claims.put("iat", Instant.now().getEpochSecond());
        claims.put("exp", Instant.now().plusSeconds(300).getEpochSecond());
        claims.put("roles", List.of(role));
        claims.put("berth_tenant", tenant);
        return claims;
    }

    static String token(Map<String, Object> claims) {
        try {
            return token(claims, PemFiles.readKey(KEY_FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String token(Map<String, Object> claims, PrivateKey key) {
        var signed = part(Map.of("alg", "RS256", "typ", "JWT", "kid", "1")) + "." + part(claims);
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(UTF_8));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String unsigned(Map<String, Object> claims) {
        return part(Map.of("alg", "none")) + "." + part(claims) + ".";
    }

    private static String start() {
        var keys = KeyAlgorithm.RSA_2048.generate(new SecureRandom());
        try {
            PemFiles.writeKey(KEY_FILE, keys.getPrivate(), PemFiles.Existing.REPLACE);
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var url = "http://localhost:" + server.getAddress().getPort();
            serve(server, "/.well-known/openid-configuration", Map.of("issuer", url, "jwks_uri", url + "/jwks"));
            serve(server, "/jwks", Map.of("keys", List.of(key(keys))));
            server.start();
            System.setProperty(URL_PROPERTY, url);
            return url;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> key(KeyPair keys) {
        var key = (RSAPublicKey) keys.getPublic();
        return Map.of(
                "kty",
                "RSA",
                "use",
                "sig",
                "alg",
                "RS256",
                "kid",
                "1",
                "n",
                number(key.getModulus()),
                "e",
                number(key.getPublicExponent()));
    }

    private static String number(BigInteger number) {
        var bytes = number.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return BASE64.encodeToString(Arrays.copyOfRange(bytes, sign, bytes.length));
    }

    private static void serve(HttpServer server, String path, Map<String, Object> document) {
        server.createContext(path, exchange -> {
            var body = json(document);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static String part(Map<String, Object> json) {
        return BASE64.encodeToString(json(json));
    }

    private static byte[] json(Map<String, Object> document) {
        try {
            return new ObjectMapper().writeValueAsBytes(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
