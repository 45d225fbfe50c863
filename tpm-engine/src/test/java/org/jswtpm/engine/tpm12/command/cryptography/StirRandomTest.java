package org.jswtpm.engine.tpm12.command.cryptography;

import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.Tpm12Pair;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

class StirRandomTest {
    private static Request stir(int size) {
        return Request.of(Ordinal.STIR_RANDOM).sized(Bytes.zeros(size));
    }

    /** It once led to failure mode. */
    @Test
    void noOctetsAddNothing() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        tpm.send(stir(0)).isSuccess();
        tpm.send(Request.of(Ordinal.GET_RANDOM).u32(16)).isSuccess();
    }

    @SameAsSwtpm12
    void answersLikeSwtpm(Tpm12Pair both) {
        for (int size : new int[] {0, 1, 20, 255, 256}) {
            both.send(stir(size)).isIdentical();
        }
        both.send(Request.of(Ordinal.STIR_RANDOM).u32(5)).isIdentical();
    }
}
