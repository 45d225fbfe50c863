package org.jswtpm.engine.tpm12.dispatch;

import java.util.Arrays;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.structure.CommandTag;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** One command on its way, and what the stages have found out about it. */
final class Exchange {
    final byte[] command;
    final WireReader in;
    final WireWriter out;

    /** Null if the tag is none of a request. */
    CommandTag tag;

    /** Null if libtpms does not list it. */
    Ordinal ordinal;

    byte[] inputDigest;

    /** Null until all of the command has been read. */
    Authorizations authorizations;

    /** @param command a copy of the exchange's own, which it wipes */
    Exchange(byte[] command, WireWriter out) {
        this.command = command;
        this.in = WireReader.over(command, TpmResult.WIRE_FAULTS);
        this.out = out;
    }

    int authCount() {
        return tag == null ? 0 : tag.authCount();
    }

    /** Command parameters and keys can be secret. */
    void wipe() {
        Arrays.fill(command, (byte) 0);
        if (authorizations != null) {
            authorizations.wipe();
        }
    }
}
