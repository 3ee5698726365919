package dev.berth.api.device;

/** Why a connection was closed without an answer. */
public enum ConnectionRefusal {
    /** As many as may be are open, and none of them is idle. */
    FULL,
    /** Its handshake would not have begun soon enough. */
    HANDSHAKES,
    /** Too many do not finish their handshakes, and of this one nothing had come for the longest. */
    HALF_OPEN,
    /** Nearly as many as may be are open, and this one had been idle for the longest. */
    IDLE,
    /** It asked on while as many answers as may be lay unread. */
    UNREAD,
    /** The listener is stopping. */
    STOPPING
}
