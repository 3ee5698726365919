package dev.berth.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.Pki;
import java.io.ByteArrayOutputStream;
import java.security.KeyStore;
import java.security.cert.Certificate;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.pkcs.PKCS12PfxPdu;
import org.bouncycastle.pkcs.PKCS12SafeBagFactory;
import org.junit.jupiter.api.Test;

class InMemoryKeyStoresTest {
    private static final char[] PASSWORD = "in memory".toCharArray();

    @Test
    void theKeyOfAnEntryIsDerivedOnce() throws Exception {
        InMemoryKeyStores.spareIterations();
        var ca = new Pki().root("CA", KeyAlgorithm.P_256);
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);

        store.setKeyEntry("ca", ca.key(), PASSWORD, new Certificate[] {ca.certificate()});

        assertThat(store.getKey("ca", PASSWORD)).isEqualTo(ca.key());
        assertThat(iterations(store)).isOne();
    }

    /** What the JDK writes down of how it encrypted the one key. */
    private static int iterations(KeyStore store) throws Exception {
        var written = new ByteArrayOutputStream();
        store.store(written, PASSWORD);
        for (ContentInfo content : new PKCS12PfxPdu(written.toByteArray()).getContentInfos()) {
            if (content.getContent() instanceof ASN1OctetString) {
                var bag = new PKCS12SafeBagFactory(content).getSafeBags()[0];
                var encrypted = EncryptedPrivateKeyInfo.getInstance(
                        bag.toASN1Structure().getBagValue());
                var how = PBES2Parameters.getInstance(
                        encrypted.getEncryptionAlgorithm().getParameters());
                return PBKDF2Params.getInstance(how.getKeyDerivationFunc().getParameters())
                        .getIterationCount()
                        .intValueExact();
            }
        }
        throw new AssertionError("no key in the store");
    }
}
