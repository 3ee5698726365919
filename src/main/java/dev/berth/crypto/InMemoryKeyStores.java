package dev.berth.crypto;

/**
 * The key stores of this process. The JDK, Netty and Vert.x take keys for TLS in a {@code KeyStore} alone, so all of them are made in memory, of PEM files, under
 * passwords that stand in programs. None is ever written down: what is, as the emulator's {@code ca.p12}, is not made by the JDK.
 */
public final class InMemoryKeyStores {
    private InMemoryKeyStores() {}

    /**
     * Derives the key that encrypts each entry once from its password, and not ten thousand times: that protected nobody, and was a quarter of
     * the CPU of an executable's start. To be called before the first is made. What the command line says has precedence.
     */
    public static void spareIterations() {
        if (System.getProperty("keystore.pkcs12.keyPbeIterationCount") == null) {
            System.setProperty("keystore.pkcs12.keyPbeIterationCount", "1");
        }
    }
}
