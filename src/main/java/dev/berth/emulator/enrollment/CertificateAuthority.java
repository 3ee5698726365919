package dev.berth.emulator.enrollment;

import java.security.cert.X509Certificate;

/** A CA that was uploaded to an instance under a name. */
public record CertificateAuthority(String name, X509Certificate certificate) {}
