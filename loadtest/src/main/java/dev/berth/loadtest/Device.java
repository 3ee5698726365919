package dev.berth.loadtest;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Who a virtual user is.
 *
 * @param name what its files are called
 * @param chain its certificate, and those of intermediates if there are any
 */
record Device(String name, PrivateKey key, List<X509Certificate> chain) {
    Device {
        chain = List.copyOf(chain);
    }

    /** Not the key. */
    @Override
    public String toString() {
        return name;
    }
}
