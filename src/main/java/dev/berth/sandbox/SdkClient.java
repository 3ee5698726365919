package dev.berth.sandbox;

import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClient;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientTransportProtocol;
import com.microsoft.azure.sdk.iot.provisioning.device.internal.exceptions.ProvisioningDeviceClientException;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProviderX509;
import dev.berth.pki.CertifiedKey;
import java.security.Key;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;

/** Registers with Microsoft's own provisioning device SDK, over HTTPS. */
final class SdkClient implements Registration.Client {
    private final CertifiedKey credential;
    private final SSLContext context;

    SdkClient(CertifiedKey credential, SSLContext context) {
        this.credential = credential;
        this.context = context;
    }

    @Override
    public Registration register(String endpoint, String idScope, String registrationId) throws InterruptedException {
        try {
            var client = ProvisioningDeviceClient.create(
                    endpoint, idScope, ProvisioningDeviceClientTransportProtocol.HTTPS, security(registrationId));
            try {
                var result = client.registerDeviceSync();
                return result.getIothubUri() == null
                        ? new Registration.Failed("status " + result.getProvisioningDeviceClientStatus())
                        : new Registration.Assigned(result.getIothubUri(), result.getDeviceId());
            } finally {
                client.close();
            }
        } catch (ProvisioningDeviceClientException failure) {
            return new Registration.Failed(String.valueOf(failure.getMessage()));
        }
    }

    private SecurityProviderX509 security(String registrationId) {
        return new SecurityProviderX509() {
            @Override
            public String getClientCertificateCommonName() {
                return registrationId;
            }

            @Override
            public X509Certificate getClientCertificate() {
                return credential.certificate();
            }

            @Override
            public Key getClientPrivateKey() {
                return credential.key();
            }

            @Override
            public Collection<X509Certificate> getIntermediateCertificatesChain() {
                return List.of();
            }

            @Override
            public SSLContext getSSLContext() {
                return context;
            }
        };
    }
}
