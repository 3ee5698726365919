package dev.berth.emulator.https;

import java.io.IOException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;

/** A CA as PKCS #12 without a password, which is what {@code -Djavax.net.ssl.trustStore} reads without a second setting. */
public final class TrustStore {
    /** What the JDK wants to see on a certificate that it is to trust; its keytool writes it too. */
    private static final ASN1ObjectIdentifier TRUSTED_KEY_USAGE =
            new ASN1ObjectIdentifier("2.16.840.1.113894.746875.1.1");

    private TrustStore() {}

    public static byte[] of(String alias, X509Certificate authority) {
        try {
            var bag = new JcaPKCS12SafeBagBuilder(authority)
                    .addBagAttribute(PKCS12SafeBag.friendlyNameAttribute, new DERBMPString(alias))
                    .addBagAttribute(TRUSTED_KEY_USAGE, KeyPurposeId.anyExtendedKeyUsage.toOID())
                    .build();
            return new PKCS12PfxPduBuilder()
                    .addData(bag)
                    .build(null, new char[0])
                    .getEncoded();
        } catch (IOException | PKCSException e) {
            throw new IllegalStateException("cannot write a trust store", e);
        }
    }
}
