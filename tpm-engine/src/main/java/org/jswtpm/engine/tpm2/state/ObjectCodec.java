package org.jswtpm.engine.tpm2.state;

import static org.jswtpm.engine.tpm2.state.StateBlock.ANY_OBJECT;
import static org.jswtpm.engine.tpm2.state.StateBlock.BN_PRIME_T;
import static org.jswtpm.engine.tpm2.state.StateBlock.OBJECT;
import static org.jswtpm.engine.tpm2.state.StateBlock.PRIVATE_EXPONENT_T;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.jswtpm.engine.crypto.RsaPrivateKey;
import org.jswtpm.engine.crypto.SeedCompatLevel;
import org.jswtpm.engine.tpm2.object.ObjectParts;
import org.jswtpm.engine.tpm2.object.SlotAttributes;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.tpm2.structure.TpmtSensitive;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/** Reads ANY_OBJECT and OBJECT in all versions, and writes version 2 of the one, 3 and 4 of the other. */
final class ObjectCodec {
    private static final Handle NO_EVICT_HANDLE = new Handle(0);

    /** Q, dP, dQ, qInv. */
    private static final int NUMBERS = 4;

    private static final int MAX_NUMBER_SIZE = 256;
    private static final int WORD = 8;
    private static final int HIERARCHY_SINCE = 4;
    /** The StateFormatLevel from which objects are written in that version. */
    private static final int HIERARCHY_LEVEL = 6;

    /**
     * An object as it was read.
     *
     * @param object the object
     * @param numbers its PRIVATE_EXPONENT_T, which is kept as it is; the reader of this wipes it
     */
    record Saved(TpmObject object, byte[][] numbers) {
        /** The octets that are written for the object at a StateFormatLevel; and the end of {@link #numbers}. */
        Secret encode(int stateFormatLevel) {
            try {
                return ObjectCodec.encode(object, numbers, stateFormatLevel);
            } finally {
                wipe(numbers);
            }
        }
    }

    private ObjectCodec() {}

    /** Reads the persistent object {@code handle}. */
    static Saved read(StateReader in, Handle handle) {
        int version = in.header(ANY_OBJECT);
        SlotAttributes attributes =
                new SlotAttributes(in.at("ANY_OBJECT.attributes").uint32());
        boolean isPersistent = handle.value() != 0;
        if (!attributes.has(SlotAttributes.OCCUPIED)
                || attributes.isSequence()
                || attributes.has(SlotAttributes.EVICT) != isPersistent) {
            throw in.fault("are not those of " + (isPersistent ? "a persistent" : "a transient") + " object");
        }
        Saved saved = readObject(in, handle, attributes);
        in.at("ANY_OBJECT").end(version);
        return saved;
    }

    /** Reads OBJECT, behind the attributes that ANY_OBJECT begins with. */
    static Saved readObject(StateReader in, Handle handle, SlotAttributes attributes) {
        int version = in.header(OBJECT);
        TpmtPublic area = TpmtPublic.unmarshal(in.at("OBJECT.publicArea").wire(), StateReader.ALGORITHMS, true);
        Optional<TpmtSensitive> sensitive = readSensitive(in);
        ObjectChecks checks = new ObjectChecks(in, area, sensitive);
        checks.checkAreas();
        byte[][] numbers = new byte[NUMBERS][0];
        boolean isRsa = sensitive.isPresent() && area.type() == PublicType.RSA;
        if (version < HIERARCHY_SINCE || isRsa) {
            numbers = readNumbers(in.at("OBJECT.privateExponent").neededBlock());
        } else {
            in.at("OBJECT.privateExponent").skipBlock();
        }
        Bytes qualifiedName = checks.checkName(in.at("OBJECT.qualifiedName").name());
        in.at("OBJECT.evictHandle").uint32();
        Bytes name = checks.checkName(in.at("OBJECT.name").name());
        SeedCompatLevel level = SeedCompatLevel.ORIGINAL;
        Handle hierarchy = attributes.hierarchy();
        if (version >= 3) {
            StateReader version3 = in.at("OBJECT, part of version 3").neededBlock();
            level = version3.at("OBJECT.seedCompatLevel").compatLevel();
            if (version >= HIERARCHY_SINCE) {
                StateReader version4 = version3.at("OBJECT, part of version 4").neededBlock();
                hierarchy = new Handle(version4.at("OBJECT.hierarchy").uint32());
            }
        } else {
            in.at("OBJECT").end(version);
        }
        checks.checkAttributes(attributes, hierarchy);
        ObjectParts parts = new ObjectParts(area, sensitive, Optional.empty(), name);
        return new Saved(TpmObject.restore(parts, qualifiedName, hierarchy, attributes, handle, level), numbers);
    }

    /** A transient object: what is derived from its key is computed when it is written again, so there has to be a key. */
    static TpmObject readTransient(StateReader in, SlotAttributes attributes) {
        Saved saved = readObject(in, NO_EVICT_HANDLE, attributes);
        wipe(saved.numbers);
        TpmObject object = saved.object;
        if (!object.isPublicOnly() && object.type() == PublicType.RSA) {
            object.rsaPrivateKey();
        }
        return object;
    }

    /** Where only the public area is known, the sensitive one has the type 0 and no value. */
    private static Optional<TpmtSensitive> readSensitive(StateReader in) {
        in.at("OBJECT.sensitive");
        if (in.wire().peekUint32(0) >>> Short.SIZE != 0) {
            return Optional.of(TpmtSensitive.unmarshal(in.wire()));
        }
        in.uint16();
        int authSize = in.uint16();
        int seedSize = in.uint16();
        if (authSize != 0 || seedSize != 0) {
            throw in.fault("has a value although it has no type");
        }
        return Optional.empty();
    }

    private static byte[][] readNumbers(StateReader in) {
        int version = in.header(PRIVATE_EXPONENT_T);
        byte[][] numbers = new byte[NUMBERS][];
        for (int i = 0; i < NUMBERS; i++) {
            int numberVersion = in.header(BN_PRIME_T);
            int size = in.at("BN_PRIME_T.size").uint16();
            if (size > MAX_NUMBER_SIZE || size % 4 != 0) {
                throw in.fault("is " + size);
            }
            numbers[i] = in.at("BN_PRIME_T.words").octets(size);
            in.at("BN_PRIME_T").end(numberVersion);
        }
        in.at("PRIVATE_EXPONENT_T").end(version);
        return numbers;
    }

    /** The octets of a persistent object at a StateFormatLevel. */
    static Secret encode(TpmObject object, int stateFormatLevel) {
        byte[][] numbers = numbersOf(object);
        try {
            return encode(object, numbers, stateFormatLevel);
        } finally {
            wipe(numbers);
        }
    }

    private static Secret encode(TpmObject object, byte[][] numbers, int stateFormatLevel) {
        WireWriter out = new WireWriter();
        try {
            write(object, numbers, stateFormatLevel < HIERARCHY_LEVEL ? 3 : HIERARCHY_SINCE, out);
            return Secret.take(out.toArray());
        } finally {
            out.wipe();
        }
    }

    private static void write(TpmObject object, byte[][] numbers, int version, WireWriter out) {
        StateWriter.header(out, ANY_OBJECT);
        out.uint32(object.attributes().bits());
        StateWriter.header(out, OBJECT, version);
        object.publicArea().marshal(out);
        if (object.isPublicOnly()) {
            out.uint16(0).uint16(0).uint16(0);
        } else {
            object.sensitive().marshal(out);
        }
        boolean isRsa = !object.isPublicOnly() && object.type() == PublicType.RSA;
        if (version < HIERARCHY_SINCE || isRsa) {
            writeNumbers(numbers, out);
        } else {
            out.uint8(0).uint16(0);
        }
        out.sized2(object.qualifiedName());
        object.evictHandle().marshal(out);
        out.sized2(object.name());
        int version3 = StateWriter.beginBlock(out);
        out.uint8(object.seedCompatLevel().ordinal());
        int version4 = StateWriter.beginBlock(out);
        if (version >= HIERARCHY_SINCE) {
            object.hierarchy().marshal(out);
        }
        out.endSized2(version4);
        out.endSized2(version3);
        StateWriter.end(out);
    }

    private static void writeNumbers(byte[][] numbers, WireWriter out) {
        int block = StateWriter.beginBlock(out);
        StateWriter.header(out, PRIVATE_EXPONENT_T);
        for (byte[] number : numbers) {
            StateWriter.header(out, BN_PRIME_T);
            out.uint16(number.length).octets(number);
            StateWriter.end(out);
        }
        StateWriter.end(out);
        out.endSized2(block);
    }

    private static byte[][] numbersOf(TpmObject object) {
        if (object.isPublicOnly() || object.type() != PublicType.RSA) {
            return new byte[NUMBERS][0];
        }
        RsaPrivateKey key = object.rsaPrivateKey();
        return new byte[][] {
            words(key.otherPrime()),
            words(key.exponentOfLarger()),
            words(key.exponentOfSmaller()),
            words(key.coefficient())
        };
    }

    /** Words of 64 bits, the least significant word first, each big endian. */
    private static byte[] words(BigInteger number) {
        byte[] bigEndian = number.toByteArray();
        int count = (number.bitLength() + Long.SIZE - 1) / Long.SIZE;
        byte[] words = new byte[count * WORD];
        for (int i = 0; i < words.length && i < bigEndian.length; i++) {
            words[i / WORD * WORD + WORD - 1 - i % WORD] = bigEndian[bigEndian.length - 1 - i];
        }
        Arrays.fill(bigEndian, (byte) 0);
        return words;
    }

    static void wipe(byte[][] numbers) {
        for (byte[] number : numbers) {
            Arrays.fill(number, (byte) 0);
        }
    }
}
