package org.jswtpm.server.control;

import java.util.ArrayList;
import java.util.List;

/**
 * The clients of the control channel, of which there are only so many: each has a thread, buffers and descriptors. Who comes
 * when there are as many takes the place of the one that has done least, and among those of the one that was silent for
 * longest. So QEMU gets in, and stays, however many others come.
 */
final class ClientTable {
    /** Nobody needs as many. */
    static final int MAX_CLIENTS = 64;

    /** One that is given up is gone as soon as its thread has its turn. */
    private static final long LONGEST_WAIT_MILLIS = 1000;

    private final List<ControlClient> clients = new ArrayList<>(MAX_CLIENTS);

    /** Adds a client; false if there is no place for it, since all the others are being served. */
    synchronized boolean add(ControlClient client) {
        if (clients.size() >= MAX_CLIENTS) {
            if (!giveOneUp()) {
                return false;
            }
            awaitPlace();
        }
        return clients.size() < MAX_CLIENTS && clients.add(client);
    }

    private boolean giveOneUp() {
        long now = System.nanoTime();
        List<ControlClient> left = new ArrayList<>(clients);
        while (!left.isEmpty()) {
            ControlClient least = left.getFirst();
            for (ControlClient each : left) {
                if (each.countsLessThan(least, now)) {
                    least = each;
                }
            }
            if (least.giveUp()) {
                return true;
            }
            left.remove(least);
        }
        return false;
    }

    private void awaitPlace() {
        long begin = System.nanoTime();
        long rest = LONGEST_WAIT_MILLIS;
        try {
            while (clients.size() >= MAX_CLIENTS && rest > 0) {
                wait(rest);
                rest = LONGEST_WAIT_MILLIS - (System.nanoTime() - begin) / 1_000_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes a client; true if none is left. */
    synchronized boolean remove(ControlClient client) {
        clients.remove(client);
        notifyAll();
        return clients.isEmpty();
    }
}
