package dev.berth.dps;

/** A credential that cannot be read or understood. The message never quotes it. */
final class UnusableCredentialException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableCredentialException(String message) {
        super(message);
    }
}
