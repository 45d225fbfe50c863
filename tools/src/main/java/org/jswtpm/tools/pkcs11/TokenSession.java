package org.jswtpm.tools.pkcs11;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jswtpm.tools.pkcs11.Cryptoki.Function;

/** A session with a token (PKCS #11, 5.6): finds objects, reads what they say of themselves, and signs. */
final class TokenSession implements AutoCloseable {
    private static final long ALREADY_LOGGED_IN = 0x100;
    private static final long PIN_INCORRECT = 0xA0;
    private static final long SERIAL_SESSION = 4;
    private static final long USER = 1;

    private static final long CLASS = 0x000;
    private static final long LABEL = 0x003;
    private static final long ID = 0x102;
    private static final long PRIVATE_KEY = 3;

    /** CK_ATTRIBUTE: its type, a pointer to the value, the value's length. CK_MECHANISM looks the same. */
    private static final long ATTRIBUTE_SIZE = 3 * Long.BYTES;

    private static final int MAX_VALUE = 8192;

    private final Cryptoki module;
    private final long session;

    private TokenSession(Cryptoki module, long session) {
        this.module = module;
        this.session = session;
    }

    static TokenSession open(Cryptoki module, long slot) throws Pkcs11Exception {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = arena.allocate(ValueLayout.JAVA_LONG);
            MemorySegment none = MemorySegment.NULL;
            module.call(Function.OPEN_SESSION, slot, SERIAL_SESSION, none, none, handle);
            return new TokenSession(module, handle.get(ValueLayout.JAVA_LONG, 0));
        }
    }

    /** Logs the user in. */
    void login(byte[] pin) throws Pkcs11Exception {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment octets = arena.allocateFrom(ValueLayout.JAVA_BYTE, pin);
            long result = module.result(Function.LOGIN, session, USER, octets, (long) pin.length);
            octets.fill((byte) 0);
            if (result == PIN_INCORRECT) {
                throw new Pkcs11Exception("The PIN of the PKCS #11 token is not correct.");
            }
            if (result != 0 && result != ALREADY_LOGGED_IN) {
                throw new Pkcs11Exception("The PKCS #11 token does not log in: 0x" + Long.toHexString(result) + ".");
            }
        }
    }

    /** The first private key that a URI means; 0 where there is none. */
    long findPrivateKey(Pkcs11Uri uri) throws Pkcs11Exception {
        byte[] label = uri.get("object");
        byte[] id = uri.get("id");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment template = arena.allocate(3 * ATTRIBUTE_SIZE, Long.BYTES);
            long count = 0;
            put(template, count++, CLASS, arena.allocateFrom(ValueLayout.JAVA_LONG, PRIVATE_KEY));
            if (label != null) {
                put(template, count++, LABEL, arena.allocateFrom(ValueLayout.JAVA_BYTE, label));
            }
            if (id != null) {
                put(template, count++, ID, arena.allocateFrom(ValueLayout.JAVA_BYTE, id));
            }
            module.call(Function.FIND_OBJECTS_INIT, session, template, count);
            MemorySegment handle = arena.allocate(ValueLayout.JAVA_LONG);
            MemorySegment found = arena.allocate(ValueLayout.JAVA_LONG);
            module.call(Function.FIND_OBJECTS, session, handle, 1L, found);
            module.call(Function.FIND_OBJECTS_FINAL, session);
            return found.get(ValueLayout.JAVA_LONG, 0) == 0 ? 0 : handle.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    private static void put(MemorySegment template, long index, long type, MemorySegment value) {
        long offset = index * ATTRIBUTE_SIZE;
        template.set(ValueLayout.JAVA_LONG, offset, type);
        template.set(ValueLayout.ADDRESS, offset + Long.BYTES, value);
        template.set(ValueLayout.JAVA_LONG, offset + 2 * Long.BYTES, value.byteSize());
    }

    /** The value of an attribute. */
    byte[] attribute(long object, long type) throws Pkcs11Exception {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(MAX_VALUE);
            MemorySegment template = arena.allocate(ATTRIBUTE_SIZE, Long.BYTES);
            put(template, 0, type, value);
            module.call(Function.GET_ATTRIBUTE_VALUE, session, object, template, 1L);
            long length = template.get(ValueLayout.JAVA_LONG, 2 * Long.BYTES);
            return value.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /** The value of an attribute that is a number. */
    long number(long object, long type) throws Pkcs11Exception {
        byte[] value = attribute(object, type);
        return MemorySegment.ofArray(Arrays.copyOf(value, Long.BYTES)).get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
    }

    /** Signs with a mechanism that has no parameters. */
    byte[] sign(long key, long mechanism, byte[] data) throws Pkcs11Exception {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment parameters = arena.allocate(ATTRIBUTE_SIZE, Long.BYTES);
            parameters.set(ValueLayout.JAVA_LONG, 0, mechanism);
            module.call(Function.SIGN_INIT, session, parameters, key);
            MemorySegment octets = arena.allocateFrom(ValueLayout.JAVA_BYTE, data);
            MemorySegment signature = arena.allocate(MAX_VALUE);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_LONG, MAX_VALUE);
            module.call(Function.SIGN, session, octets, (long) data.length, signature, length);
            return signature.asSlice(0, length.get(ValueLayout.JAVA_LONG, 0)).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    @Override
    public void close() throws Pkcs11Exception {
        module.call(Function.CLOSE_SESSION, session);
    }
}
