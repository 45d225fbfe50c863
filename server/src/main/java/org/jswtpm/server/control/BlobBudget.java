package org.jswtpm.server.control;

import java.util.ArrayList;
import java.util.List;

/**
 * The memory that the state blobs of all clients together may hold while they come or go. Who needs more than is left
 * takes it from the client that has been silent for longest, whose connection ends.
 */
final class BlobBudget {
    /** A sixteenth of the heap that the launchers give; two clients at once are more than there ever were. */
    static final int LIMIT = 4 * 1024 * 1024;

    private final List<Share> shares = new ArrayList<>();
    private long taken;

    /** A client's share, which is empty. */
    Share share(Exchange holder) {
        return new Share(holder);
    }

    private synchronized void take(Share share, int octets) {
        if (share.octets == 0) {
            shares.add(share);
        }
        share.octets += octets;
        taken += octets;
        while (taken > LIMIT && shares.size() > 1) {
            Share idlest = idlestBut(share);
            drop(idlest);
            idlest.holder.giveUp();
        }
    }

    private Share idlestBut(Share taker) {
        Share idlest = null;
        for (Share each : shares) {
            if (each != taker && (idlest == null || each.holder.lastHeard() - idlest.holder.lastHeard() < 0)) {
                idlest = each;
            }
        }
        return idlest;
    }

    private synchronized void drop(Share share) {
        taken -= share.octets;
        share.octets = 0;
        shares.remove(share);
    }

    /** What one client holds. */
    final class Share {
        private final Exchange holder;
        private int octets;

        private Share(Exchange holder) {
            this.holder = holder;
        }

        /** Takes so much more. */
        void take(int more) {
            BlobBudget.this.take(this, more);
        }

        /** Gives all of it back. */
        void giveBack() {
            drop(this);
        }
    }
}
