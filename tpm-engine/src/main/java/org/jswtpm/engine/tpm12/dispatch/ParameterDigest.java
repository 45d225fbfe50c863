package org.jswtpm.engine.tpm12.dispatch;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.Ordinal;

/** The digests of parameters by which commands are authorized and audited (Part 1, 13.2.1). */
final class ParameterDigest {
    private ParameterDigest() {}

    /** Of a command: its ordinal, and the parameters that count. */
    static byte[] ofCommand(Ordinal ordinal, byte[] command, int begin, int end) {
        return Hasher.of(Digest.SHA1)
                .updateUint32(ordinal.code())
                .update(command, begin, end - begin)
                .digest();
    }

    /** Of the response to a command that succeeded: the result, the ordinal, and the parameters that count. */
    static byte[] ofResponse(Ordinal ordinal, byte[] parameters) {
        return Hasher.of(Digest.SHA1)
                .updateUint32(0)
                .updateUint32(ordinal.code())
                .update(parameters)
                .digest();
    }
}
