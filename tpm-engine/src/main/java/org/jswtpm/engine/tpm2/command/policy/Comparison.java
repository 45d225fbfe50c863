package org.jswtpm.engine.tpm2.command.policy;

import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Arrays;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.wire.WireReader;

/** TPM_EO, how two operands of the same size are compared (Part 2, 6.8); in the order of their values. */
enum Comparison {
    EQ,
    NEQ,
    SIGNED_GT,
    UNSIGNED_GT,
    SIGNED_LT,
    UNSIGNED_LT,
    SIGNED_GE,
    UNSIGNED_GE,
    SIGNED_LE,
    UNSIGNED_LE,
    BITSET,
    BITCLEAR;

    private static final Comparison[] BY_VALUE = values();

    /** Else TPM_RC_VALUE. */
    static Comparison unmarshal(WireReader in) {
        int value = in.uint16();
        check(value < BY_VALUE.length, VALUE);
        return BY_VALUE[value];
    }

    /** Whether operand A stands so to operand B; big endian numbers, or bits. */
    boolean holds(byte[] operandA, byte[] operandB) {
        return switch (this) {
            case EQ -> Arrays.equals(operandA, operandB);
            case NEQ -> !Arrays.equals(operandA, operandB);
            case SIGNED_GT -> signed(operandA, operandB) > 0;
            case UNSIGNED_GT -> Arrays.compareUnsigned(operandA, operandB) > 0;
            case SIGNED_LT -> signed(operandA, operandB) < 0;
            case UNSIGNED_LT -> Arrays.compareUnsigned(operandA, operandB) < 0;
            case SIGNED_GE -> signed(operandA, operandB) >= 0;
            case UNSIGNED_GE -> Arrays.compareUnsigned(operandA, operandB) >= 0;
            case SIGNED_LE -> signed(operandA, operandB) <= 0;
            case UNSIGNED_LE -> Arrays.compareUnsigned(operandA, operandB) <= 0;
            case BITSET -> isSet(operandA, operandB);
            case BITCLEAR -> isClear(operandA, operandB);
        };
    }

    /** The hash over the arguments of a command that compares, as its policyDigest has it. */
    byte[] digest(HashAlg hash, byte[] operandB, int offset) {
        return Hasher.of(hash.digest())
                .update(operandB)
                .updateUint16(offset)
                .updateUint16(ordinal())
                .digest();
    }

    /** Two's complement: of numbers with the same sign the order is that of the unsigned ones. */
    private static int signed(byte[] a, byte[] b) {
        if (a.length != 0 && a[0] < 0 != b[0] < 0) {
            return a[0] < 0 ? -1 : 1;
        }
        return Arrays.compareUnsigned(a, b);
    }

    private static boolean isSet(byte[] a, byte[] mask) {
        for (int i = 0; i < mask.length; i++) {
            if ((a[i] & mask[i]) != mask[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isClear(byte[] a, byte[] mask) {
        for (int i = 0; i < mask.length; i++) {
            if ((a[i] & mask[i]) != 0) {
                return false;
            }
        }
        return true;
    }
}
