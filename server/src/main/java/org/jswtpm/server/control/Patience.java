package org.jswtpm.server.control;

/**
 * How long a client of the control channel may take.
 *
 * @param requestNanos from the first octet of a request to its last; 500 ms as in swtpm
 * @param silenceNanos between two octets of a blob, of data to hash or of an answer, in either direction
 * @param nanosPerOctet what each of these octets may take on the average, after a first silence
 */
public record Patience(long requestNanos, long silenceNanos, long nanosPerOctet) {
    /** Ten seconds of silence, and 1 KiB a second: a state that moves over a slow modem gets through. */
    public static final Patience USUAL = new Patience(500_000_000, 10_000_000_000L, 1_000_000_000 / 1024);

    /** The time that a request has which begins {@code now}. */
    Progress ofRequest(long now) {
        return new Progress(now, requestNanos, requestNanos, 0);
    }

    /** The time that a longer transfer has which begins {@code now}. */
    Progress ofTransfer(long now) {
        return new Progress(now, silenceNanos, silenceNanos, nanosPerOctet);
    }

    /** One request or transfer under way. */
    static final class Progress {
        private final long begin;
        private final long silence;
        private final long nanosPerOctet;
        private long allowance;
        private long last;

        private Progress(long now, long allowance, long silence, long nanosPerOctet) {
            this.begin = now;
            this.last = now;
            this.allowance = allowance;
            this.silence = silence;
            this.nanosPerOctet = nanosPerOctet;
        }

        /** So many octets more have gone through. */
        void moved(int octets, long now) {
            last = now;
            allowance += octets * nanosPerOctet;
        }

        /** Whether the client has lost its claim to be waited for. */
        boolean isOver(long now) {
            return now - last > silence || now - begin > allowance;
        }
    }
}
