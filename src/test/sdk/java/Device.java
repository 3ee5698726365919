import com.google.gson.JsonParser;
import com.microsoft.azure.sdk.iot.provisioning.device.AdditionalData;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClient;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientTransportProtocol;
import com.microsoft.azure.sdk.iot.provisioning.device.internal.exceptions.ProvisioningDeviceClientException;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProvider;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProviderSymmetricKey;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProviderX509;
import java.io.FileInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/**
 * Registers one device with the emulator, by the official SDK.
 *
 *   java -Djavax.net.ssl.trustStore=ca.p12 --add-opens java.base/java.net=ALL-UNNAMED -cp … Device.java \
 *       emulator.json https|mqtt|mqtt_ws REGISTRATION_ID KEY_BASE64            or CERTIFICATE.pem KEY.pem
 */
class Device {
    public static void main(String[] arguments) throws Exception {
        var emulator = JsonParser.parseString(Files.readString(Path.of(arguments[0]))).getAsJsonObject();
        var transport = ProvisioningDeviceClientTransportProtocol.valueOf(arguments[1].toUpperCase());
        var endpoint = emulator.get(arguments[1].equals("mqtt") ? "mqttEndpoint" : "deviceEndpoint").getAsString();
        var instance = emulator.getAsJsonArray("instances").get(0).getAsJsonObject();
        SecurityProvider security = arguments.length == 4
                ? new SecurityProviderSymmetricKey(arguments[3].getBytes(StandardCharsets.UTF_8), arguments[2])
                : new Certificate(arguments[2], arguments[3], arguments[4]);

        var client = ProvisioningDeviceClient.create(endpoint, instance.get("idScope").getAsString(), transport, security);
        int exitCode = 0;
        try {
            var payload = new AdditionalData();
            payload.setProvisioningPayload("{\"modelId\": \"dtmi:example:Pump;1\"}");
            var result = client.registerDeviceSync(payload);
            System.out.printf(
                    "{\"status\": \"%s\", \"assignedHub\": \"%s\", \"deviceId\": \"%s\", \"substatus\": \"%s\"}%n",
                    result.getProvisioningDeviceClientStatus(),
                    result.getIothubUri(),
                    result.getDeviceId(),
                    result.getSubstatus().getValue());
        } catch (ProvisioningDeviceClientException refused) {
            refused.printStackTrace();
            exitCode = 1;
        }
        client.close();
        System.exit(exitCode); // after a failure the SDK leaves threads that would keep the JVM
    }

    /** A device's certificate, and the intermediates that follow it in its file. */
    private static class Certificate extends SecurityProviderX509 {
        private final String registrationId;
        private final List<X509Certificate> chain = new ArrayList<>();
        private final PrivateKey key;

        Certificate(String registrationId, String certificateFile, String keyFile) throws Exception {
            this.registrationId = registrationId;
            try (var in = new FileInputStream(certificateFile)) {
                for (var one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    chain.add((X509Certificate) one);
                }
            }
            var base64 = Files.readString(Path.of(keyFile)).replaceAll("-----.*-----", "");
            var encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
            key = KeyFactory.getInstance(chain.getFirst().getPublicKey().getAlgorithm()).generatePrivate(encoded);
        }

        @Override
        public String getClientCertificateCommonName() {
            return registrationId;
        }

        @Override
        public X509Certificate getClientCertificate() {
            return chain.getFirst();
        }

        @Override
        public PrivateKey getClientPrivateKey() {
            return key;
        }

        @Override
        public Collection<X509Certificate> getIntermediateCertificatesChain() {
            return chain.subList(1, chain.size());
        }
    }
}
