package dev.berth.emulator.enrollment;

import java.security.cert.X509Certificate;

/**
 * A CA that was uploaded to an instance under a name.
 *
 * @param verified whether its owner has shown to hold its key; enrollments may refer to no other
 */
public record CertificateAuthority(String name, X509Certificate certificate, boolean verified) {}
