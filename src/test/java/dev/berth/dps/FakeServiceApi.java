package dev.berth.dps;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.PemFiles;
import dev.berth.pki.Pki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The service API of some DPS instances, told by host name, behind a CONNECT proxy; answers and misbehaves as a test scripts it. */
final class FakeServiceApi implements AutoCloseable {
    static final String SUFFIX = ".dps.berth.test";
    private static final Pattern TOKEN = Pattern.compile("sr=(?<sr>[^&]*)&sig=(?<sig>[^&]*)&se=(?<se>[^&]*)&skn=.*");
    private static final Pattern CONNECT = Pattern.compile("CONNECT ([^ :]+):443 HTTP/1.1");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpsServer server;
    private final ServerSocket proxy;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private volatile Script script = request -> Answer.of(404, "{}");

    /** One request, its body read. */
    record Request(String host, String method, String path, Map<String, List<String>> headers, String body) {
        String line() {
            return method + " " + path;
        }

        Optional<String> header(String name) {
            return headers.getOrDefault(name, List.of()).stream().findFirst();
        }
    }

    /** One answer. */
    record Answer(int status, Map<String, String> headers, String body) {
        static Answer of(int status, String body) {
            return new Answer(status, Map.of(), body);
        }
    }

    /** What the service does with a request; it may block. */
    interface Script {
        Answer answer(Request request) throws Exception;
    }

    FakeServiceApi(Path directory) throws IOException, GeneralSecurityException {
        var pki = new Pki();
        var root = pki.root("Fake DPS", KeyAlgorithm.P_256);
        Files.writeString(caFile(directory), PemFiles.pem(root.certificate()));
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var hosts = List.of("a" + SUFFIX, "b" + SUFFIX);
        server.setHttpsConfigurator(new HttpsConfigurator(tls(pki.server(root, hosts, KeyAlgorithm.P_256), root)));
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
        proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::acceptAll);
    }

    static Path caFile(Path directory) {
        return directory.resolve("ca.pem");
    }

    InetSocketAddress proxyAddress() {
        return InetSocketAddress.createUnresolved("localhost", proxy.getLocalPort());
    }

    static String connectionString(String instance, String key) {
        return "HostName=" + instance + SUFFIX + ";SharedAccessKeyName=provisioningserviceowner;SharedAccessKey=" + key;
    }

    /** Takes tokens that are signed with one of these keys. */
    void accept(String... base64Keys) {
        keys.clear();
        keys.addAll(List.of(base64Keys));
    }

    void script(Script next) {
        script = next;
    }

    /** Method and path of all requests that were let in. */
    List<String> requests() {
        return requests;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = new Request(
                    exchange.getRequestHeaders().getFirst("Host"),
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            var answer = isSigned(request) ? scripted(request) : Answer.of(401, "{\"errorCode\":401002}");
            answer.headers().forEach(exchange.getResponseHeaders()::add);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer scripted(Request request) throws IOException {
        requests.add(request.line());
        try {
            return script.answer(request);
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private boolean isSigned(Request request) {
        var token = TOKEN.matcher(request.header("Authorization").orElse("").replace("SharedAccessSignature ", ""));
        return token.matches()
                && keys.stream()
                        .anyMatch(key -> sign(key, token.group("sr") + "\n" + token.group("se"))
                                .equals(URLDecoder.decode(token.group("sig"), StandardCharsets.UTF_8)));
    }

    private static String sign(String key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private void acceptAll() {
        while (!proxy.isClosed()) {
            try {
                var client = proxy.accept();
                threads.execute(() -> tunnel(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void tunnel(Socket client) {
        try (client;
                var upstream = new Socket(
                        InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
            if (!CONNECT.matcher(head(client)).lookingAt()) {
                return;
            }
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            threads.execute(() -> pump(upstream, client));
            pump(client, upstream);
        } catch (IOException e) {
            // The client went away.
        }
    }

    private static String head(Socket client) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = client.getInputStream().read();
            if (read < 0) {
                break;
            }
            head.append((char) read);
        }
        return head.toString();
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // One side went away, and takes the other with it.
        }
    }

    private static SSLContext tls(CertifiedKey key, CertifiedKey root) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", key.key(), new char[0], new Certificate[] {key.certificate(), root.certificate()});
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
