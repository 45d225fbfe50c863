package org.jswtpm.engine.tpm12.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.jswtpm.engine.differential.Mutator;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** Two commands that differ in a handle are damaged alike, or it is told that they are not. */
class DamageTest {
    @Test
    void tellsWhereItLeavesOneOfThemRight() {
        byte[] ours = Bytes.hex("00c1 00000012 0000001e 3e9e2b29 00000040").toArray();
        byte[] theirs = Bytes.hex("00c1 00000012 0000001e 07d0ff16 00000040").toArray();
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            Damage damage = new Damage(new Mutator(random, 0x3e9e2b29));
            byte[] our = damage.apply(ours);
            byte[] their = damage.apply(theirs);
            for (int at = 0; at < Math.min(our.length, ours.length) && damage.isTheSame(); at++) {
                assertEquals(our[at] == ours[at], their[at] == theirs[at]);
            }
        }
    }
}
