package dev.berth.emulator;

import java.security.cert.X509Certificate;

/** A CA that was uploaded to an instance under a name. */
record CertificateAuthority(String name, X509Certificate certificate) {}
