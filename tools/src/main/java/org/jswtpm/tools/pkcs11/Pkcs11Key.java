package org.jswtpm.tools.pkcs11;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import org.jswtpm.tools.pkcs11.Cryptoki.Function;

/** A private key in a token. It signs what it is given: the digest is its user's. */
public final class Pkcs11Key implements AutoCloseable {
    /** p11-kit, found as any library is. It is a module itself, the proxy of all others, under more names where more is installed. */
    private static final String P11_KIT = "libp11-kit.so.0";

    private static final int MAX_SLOTS = 1024;
    private static final byte WITH_TOKEN = 1;

    private static final long KEY_TYPE = 0x100;
    private static final long MODULUS = 0x120;
    private static final long EC_PARAMS = 0x180;
    private static final long RSA = 0;
    private static final long EC = 3;
    /** CKM_RSA_PKCS: PKCS #1 padding around a DigestInfo. */
    private static final long MECHANISM_RSA = 0x0001;
    /** CKM_ECDSA: a digest, of which two numbers of equal lengths are made. */
    private static final long MECHANISM_ECDSA = 0x1041;

    private final Cryptoki module;
    private final TokenSession session;
    private final long handle;
    private final long type;

    private Pkcs11Key(Cryptoki module, TokenSession session, long handle) throws Pkcs11Exception {
        this.module = module;
        this.session = session;
        this.handle = handle;
        this.type = session.number(handle, KEY_TYPE);
    }

    /**
     * Finds a key.
     *
     * @param name a URI
     * @param pin what its user is known by, where the URI does not say it; null for nothing
     */
    public static Pkcs11Key open(String name, byte[] pin) throws Pkcs11Exception {
        Pkcs11Uri uri = Pkcs11Uri.parse(name);
        String library = uri.text("module-path");
        Cryptoki module = Cryptoki.load(library == null ? P11_KIT : library);
        module.call(Function.INITIALIZE, MemorySegment.NULL);
        Pkcs11Key key = null;
        try {
            key = find(module, uri, uri.pin() == null ? pin : uri.pin());
        } finally {
            if (key == null) {
                module.call(Function.FINALIZE, MemorySegment.NULL);
            }
        }
        if (key == null) {
            throw new Pkcs11Exception("Could not get access to private key " + name + ".");
        }
        return key;
    }

    private static Pkcs11Key find(Cryptoki module, Pkcs11Uri uri, byte[] pin) throws Pkcs11Exception {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment slots = arena.allocate(ValueLayout.JAVA_LONG, MAX_SLOTS);
            MemorySegment count = arena.allocateFrom(ValueLayout.JAVA_LONG, MAX_SLOTS);
            module.call(Function.GET_SLOT_LIST, WITH_TOKEN, slots, count);
            MemorySegment info = arena.allocate(TokenInfo.SIZE, Long.BYTES);
            for (long i = 0; i < count.get(ValueLayout.JAVA_LONG, 0); i++) {
                long slot = slots.getAtIndex(ValueLayout.JAVA_LONG, i);
                module.call(Function.GET_TOKEN_INFO, slot, info);
                TokenInfo token = TokenInfo.of(info);
                Pkcs11Key key = token.isMeantBy(uri) ? find(module, slot, token, uri, pin) : null;
                if (key != null) {
                    return key;
                }
            }
        }
        return null;
    }

    private static Pkcs11Key find(Cryptoki module, long slot, TokenInfo token, Pkcs11Uri uri, byte[] pin)
            throws Pkcs11Exception {
        TokenSession session = TokenSession.open(module, slot);
        Pkcs11Key key = null;
        try {
            if (token.needsLogin() && pin != null) {
                session.login(pin);
            }
            long handle = session.findPrivateKey(uri);
            key = handle == 0 ? null : new Pkcs11Key(module, session, handle);
        } finally {
            if (key == null) {
                session.close();
            }
        }
        return key;
    }

    /** Whether it is an RSA key. */
    public boolean isRsa() {
        return type == RSA;
    }

    /** Whether it is an ECC key. */
    public boolean isEcc() {
        return type == EC;
    }

    /** The modulus of an RSA key. */
    public BigInteger modulus() throws Pkcs11Exception {
        return new BigInteger(1, session.attribute(handle, MODULUS));
    }

    /** The curve of an ECC key: ECParameters (RFC 3279, 2.3.5) in DER. */
    public byte[] curve() throws Pkcs11Exception {
        return session.attribute(handle, EC_PARAMS);
    }

    /**
     * Signs.
     *
     * @param data a DigestInfo in DER for an RSA key, a digest for an ECC key
     * @return the signature of an RSA key, or r and s, one after the other
     */
    public byte[] sign(byte[] data) throws Pkcs11Exception {
        return session.sign(handle, isRsa() ? MECHANISM_RSA : MECHANISM_ECDSA, data);
    }

    @Override
    public void close() throws Pkcs11Exception {
        try {
            session.close();
        } finally {
            module.call(Function.FINALIZE, MemorySegment.NULL);
        }
    }
}
