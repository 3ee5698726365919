package dev.berth.api.device;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/**
 * What the listener shows of itself: a certificate chain, leaf first, and the leaf's private key.
 *
 * @param chain never empty
 */
record ServerCredential(List<X509Certificate> chain, PrivateKey key) {
    private static final byte[] PROBE = {1, 2, 3};

    /** Reads two PEM files; the key may be PKCS#8, PKCS#1 or SEC 1, as the usual tools write it. */
    static ServerCredential read(Path certificateFile, Path keyFile) throws IOException, GeneralSecurityException {
        var credential = new ServerCredential(readChain(certificateFile), readKey(keyFile));
        if (!credential.holdsTogether()) {
            throw new GeneralSecurityException(
                    "the key in " + keyFile + " does not belong to the first certificate in " + certificateFile);
        }
        return credential;
    }

    PublicKey publicKey() {
        return chain.getFirst().getPublicKey();
    }

    private static List<X509Certificate> readChain(Path file) throws IOException, GeneralSecurityException {
        try (var pem = Files.newInputStream(file)) {
            var chain = CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (chain.isEmpty()) {
                throw new GeneralSecurityException("no certificate in " + file);
            }
            return chain;
        }
    }

    private static PrivateKey readKey(Path file) throws IOException, GeneralSecurityException {
        try (var pem = new PEMParser(new StringReader(Files.readString(file)))) {
            for (var item = pem.readObject(); item != null; item = pem.readObject()) {
                switch (item) {
                    case PEMKeyPair pair -> {
                        return privateKey(pair.getPrivateKeyInfo());
                    }
                    case PrivateKeyInfo info -> {
                        return privateKey(info);
                    }
                    default -> {} // EC PARAMETERS and the like stand before the key
                }
            }
        }
        throw new GeneralSecurityException("no unencrypted private key in " + file);
    }

    private static PrivateKey privateKey(PrivateKeyInfo info) throws IOException, GeneralSecurityException {
        var algorithm = info.getPrivateKeyAlgorithm().getAlgorithm().getId();
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }

    private boolean holdsTogether() throws GeneralSecurityException {
        var algorithm = switch (publicKey().getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        if (!publicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        var signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        signer.update(PROBE);
        var verifier = Signature.getInstance(algorithm);
        verifier.initVerify(publicKey());
        verifier.update(PROBE);
        return verifier.verify(signer.sign());
    }

    @Override
    public String toString() {
        return "ServerCredential[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
}
