package dev.berth.provisioning;

import dev.berth.identity.RegistrationId;
import dev.berth.scheduling.Ticket;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a device is in its life. Each state offers only the moves that are legal from it.
 *
 * <pre>
 *   (first ask) ──────────── slot within the horizon ───────────┐
 *       │                                                       ▼         ┌─ fresh slot ─┐
 *       └── beyond it ──► Waiting ── admitted, slot ─────────► Told ◄─────┴──────────────┘
 *                                                              │ │ ▲
 *                        ┌──── reports its hub ────────────────┘ │ │ fresh slot
 *                        ▼                                       ▼ │
 *                    Registered ◄──── reports its hub ──────── Failed
 *                        │                                       │
 *                        ├── asks to register again: Told, ◄─────┘
 *                        │   or beyond the horizon ► Requeued ── admitted, slot ► Told
 *                        └── DPS holds no registration of it: Failed
 * </pre>
 *
 * What a device does not report, DPS may say in its place ({@link Sighting}). Only {@link Waiting} knows no instance; every other state is
 * {@link Bound} to one, and no move leads back.
 */
public sealed interface DeviceState {

    /** The state's name, as lists and the wire show it. */
    Kind kind();

    /** The states by name. */
    enum Kind {
        WAITING,
        TOLD,
        REGISTERED,
        FAILED,
        REQUEUED
    }

    /** A state of a device that has an assignment. */
    sealed interface Bound extends DeviceState {
        Assignment assignment();

        /** It gets a fresh slot at the same instance. */
        default Told toldAgain(Instant freshSlot) {
            return new Told(assignment().at(freshSlot));
        }

        /** All slots of its instance within the horizon are given. */
        default Requeued requeued(Ticket ticket) {
            return new Requeued(assignment(), ticket);
        }

        /** The device {@code reporter} reported what became of its registration. */
        default Bound after(RegistrationReport report, RegistrationId reporter) {
            return switch (report) {
                case RegistrationReport.Assigned assigned ->
                    new Registered(
                            assignment(),
                            assigned.assignedHub(),
                            Objects.requireNonNullElse(assigned.deviceId(), reporter.value()));
                case RegistrationReport.Failed(Integer errorCode, String errorMessage) ->
                    new Failed(assignment(), errorCode, errorMessage);
            };
        }
    }

    /** It came when all slots within the horizon were gone, and holds a place in its pool's queue. */
    record Waiting(Ticket ticket) implements DeviceState {
        /** Its turn has come: it is bound for the first time. */
        public Told told(Assignment assignment) {
            return new Told(assignment);
        }

        @Override
        public Kind kind() {
            return Kind.WAITING;
        }
    }

    /** It was told where and when to register; nothing is known of what became of it. */
    record Told(Assignment assignment) implements Bound {
        @Override
        public Kind kind() {
            return Kind.TOLD;
        }
    }

    /** DPS assigned it to a hub. One that did not say which cannot be told to connect: its next ask gets a fresh slot. */
    record Registered(Assignment assignment, @Nullable String assignedHub, String deviceId) implements Bound {
        /** A report that names no hub says nothing new. */
        @Override
        public Bound after(RegistrationReport report, RegistrationId reporter) {
            return report instanceof RegistrationReport.Assigned assigned && assigned.assignedHub() == null
                    ? this
                    : Bound.super.after(report, reporter);
        }

        @Override
        public Kind kind() {
            return Kind.REGISTERED;
        }
    }

    /** Its registration failed; the next ask gets a fresh slot. */
    record Failed(
            Assignment assignment,
            @Nullable Integer errorCode,
            @Nullable String errorMessage) implements Bound {
        /** Longer messages are cut. */
        public static final int MESSAGE_LENGTH_MAX = 1_024;

        public Failed {
            if (errorMessage != null && errorMessage.length() > MESSAGE_LENGTH_MAX) {
                errorMessage = errorMessage.substring(0, MESSAGE_LENGTH_MAX);
            }
        }

        @Override
        public Kind kind() {
            return Kind.FAILED;
        }
    }

    /** A known device that needs a fresh slot when its instance has none within the horizon. */
    record Requeued(Assignment assignment, Ticket ticket) implements Bound {
        /** A failure says nothing new of a device that waits to try again; it keeps its place. */
        @Override
        public Bound after(RegistrationReport report, RegistrationId reporter) {
            return report instanceof RegistrationReport.Failed ? this : Bound.super.after(report, reporter);
        }

        @Override
        public Kind kind() {
            return Kind.REQUEUED;
        }
    }
}
