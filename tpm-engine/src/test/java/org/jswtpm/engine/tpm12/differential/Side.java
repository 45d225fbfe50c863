package org.jswtpm.engine.tpm12.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.wire.Bytes;

/** One of the two TPMs, as scenes see it. */
final class Side implements Tpm12Client {
    private final Tpm12Client tpm;
    private final boolean ours;
    private final List<Integer> opened = new ArrayList<>();
    private byte[] lastResponse;
    private int sent;

    /** A session that the TPM does not open. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient byte[] response;

        private Refusal(byte[] response) {
            super(null, null, false, false);
            this.response = response;
        }

        byte[] response() {
            return response;
        }
    }

    Side(Tpm12Client tpm, boolean ours) {
        this.tpm = tpm;
        this.ours = ours;
    }

    boolean isOurs() {
        return ours;
    }

    int sent() {
        return sent;
    }

    /** The sessions that were opened since the last call. */
    List<Integer> takeOpened() {
        List<Integer> handles = List.copyOf(opened);
        opened.clear();
        return handles;
    }

    @Override
    public byte[] exchange(byte[] command) {
        sent++;
        lastResponse = tpm.exchange(command);
        return lastResponse;
    }

    @Override
    public ClientSession oiap(byte[] auth) {
        return open(() -> Tpm12Client.super.oiap(auth));
    }

    @Override
    public ClientSession osap(int entityType, int entityValue, byte[] auth) {
        return open(() -> Tpm12Client.super.osap(entityType, entityValue, auth));
    }

    @Override
    public ClientSession dsap(int entityType, int keyHandle, Bytes entityValue, byte[] auth) {
        return open(() -> Tpm12Client.super.dsap(entityType, keyHandle, entityValue, auth));
    }

    private ClientSession open(Supplier<ClientSession> opening) {
        ClientSession session;
        try {
            session = opening.get();
        } catch (AssertionError e) {
            throw new Refusal(lastResponse);
        }
        opened.add(session.handle());
        return session;
    }
}
