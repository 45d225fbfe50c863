package org.jswtpm.engine.tpm2.differential;

import java.util.random.RandomGenerator;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.differential.Compare;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/** Short stories of what keys do beside signing. Each leaves no transient object behind. */
final class KeyScenes {
    private static final int OWNER = 0x4000_0001;
    private static final int NULL = 0x4000_0007;
    private static final int ALG_NULL = 0x0010;
    private static final int[] MODES = {0x0040, 0x0041, 0x0042, 0x0043, 0x0044, ALG_NULL};
    private static final int[] CURVES = {1, 2, 3, 3, 4, 5, 0x10, 0x11, 0x20};
    private static final String[] RSA_SCHEMES = {"0010", "0015", "0017 0004", "0017 000b", "0017 000c", "0014 000b"};

    private final Exchange tpm;
    private final RandomGenerator random;

    KeyScenes(Exchange tpm, RandomGenerator random) {
        this.tpm = tpm;
        this.random = random;
    }

    /** TPM2_EncryptDecrypt and TPM2_EncryptDecrypt2 with a key that is loaded from outside. */
    void symmetric() {
        int[][] ciphers = {{6, 128}, {6, 256}, {3, 128}, {3, 192}, {0x26, 128}, {0x26, 256}};
        int[] cipher = ciphers[random.nextInt(ciphers.length)];
        int block = cipher[0] == 3 ? 8 : 16;
        byte[] loaded = tpm.exact(Request.of(0x167)
                .raw(externalKey(
                        cipher[0], cipher[1], MODES[random.nextInt(6)], 0x0002_0040 + (random.nextInt(4) << 17)))
                .u32(NULL));
        if (!Exchange.succeeded(loaded)) {
            return;
        }
        int key = Compare.intAt(loaded, 10);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int mode = MODES[random.nextInt(6)];
            Bytes iv = octets(mode == 0x0044 ? 0 : block);
            Bytes data = octets(random.nextBoolean() ? block * random.nextInt(8) : random.nextInt(100));
            int decrypt = random.nextInt(2);
            tpm.exact(Request.of(0x164)
                    .handle(key)
                    .password("")
                    .u8(decrypt)
                    .u16(mode)
                    .sized2(iv)
                    .sized2(data));
            tpm.exact(Request.of(0x193)
                    .handle(key)
                    .password("")
                    .sized2(data)
                    .u8(decrypt)
                    .u16(mode)
                    .sized2(iv));
        }
        flush(key);
    }

    /** TPM2B_SENSITIVE and TPM2B_PUBLIC of a symmetric key. */
    private Bytes externalKey(int algorithm, int bits, int mode, int attributes) {
        Bytes seed = octets(32);
        Bytes key = octets(bits / 8);
        byte[] unique = Hasher.digest(Digest.SHA256, seed.toArray(), key.toArray());
        WireWriter out = new WireWriter();
        int sensitive = out.beginSized2();
        out.uint16(0x25).uint16(0).sized2(seed).sized2(key);
        out.endSized2(sensitive);
        int area = out.beginSized2();
        out.uint16(0x25).uint16(0x0B).uint32(attributes).uint16(0);
        out.uint16(algorithm).uint16(bits).uint16(mode).sized2(Bytes.wrap(unique));
        out.endSized2(area);
        return out.toBytes();
    }

    /** TPM2_RSA_Encrypt and TPM2_RSA_Decrypt. */
    void rsa() {
        int key = primary(Templates.rsaDecrypt(1024));
        for (int i = random.nextInt(4); key != 0 && i >= 0; i--) {
            String scheme = RSA_SCHEMES[random.nextInt(RSA_SCHEMES.length)];
            Bytes label = random.nextBoolean()
                    ? Bytes.EMPTY
                    : octets(random.nextInt(10)).then(Bytes.zeros(1));
            Request encrypt = Request.of(0x174)
                    .handle(key)
                    .sized2(octets(random.nextInt(140)))
                    .raw(scheme)
                    .sized2(label);
            byte[] encrypted = scheme.equals("0010") ? tpm.exact(encrypt) : tpm.codeOnly(encrypt);
            Bytes text = Exchange.succeeded(encrypted) ? Bytes.copyOf(encrypted, 12, 128) : octets(128);
            tpm.exact(Request.of(0x159)
                    .handle(key)
                    .password("")
                    .sized2(text)
                    .raw(scheme)
                    .sized2(label));
        }
        flush(key);
    }

    /** TPM2_ECDH_KeyGen, TPM2_ECDH_ZGen and TPM2_ECC_Parameters. */
    void ecdh() {
        int curve = CURVES[random.nextInt(CURVES.length)];
        tpm.exact(Request.of(0x178).u16(curve));
        int key = primary(Templates.eccDecrypt(curve));
        if (key != 0) {
            byte[] made = tpm.codeOnly(Request.of(0x163).handle(key));
            int second = 12 + Exchange.shortAt(made, 10);
            Bytes point = Bytes.copyOf(made, second, made.length - second);
            tpm.exact(Request.of(0x154).handle(key).password("").raw(point));
        }
        flush(key);
    }

    /** TPM2_Duplicate under its policy, TPM2_Rewrap, TPM2_Import and TPM2_Load. */
    void duplication() {
        byte[] made = sealed(Templates.duplicable(random.nextBoolean() ? 0x440 : 0xC40));
        int parent = primary(random.nextInt(4) == 0 ? Templates.rsaStorage(1024) : Templates.eccStorage(3));
        byte[] started = policySession();
        if (Exchange.succeeded(made)) {
            if (Exchange.succeeded(started)) {
                duplicate(made, parent, Compare.intAt(started, 10));
            }
            flush(Compare.intAt(made, 10));
        }
        if (Exchange.succeeded(started)) {
            flush(Compare.intAt(started, 10));
        }
        flush(parent);
    }

    private void duplicate(byte[] made, int parent, int session) {
        tpm.exact(Request.of(0x16C).handle(session).u32(0x14B));
        String cipher = random.nextBoolean() ? "0006 0080 0043" : "0010";
        Bytes key = octets(cipher.equals("0010") ? 0 : 16);
        byte[] blob = tpm.codeOnly(Request.of(0x14B)
                .handle(Compare.intAt(made, 10))
                .handle(random.nextInt(5) == 0 ? NULL : parent)
                .session(session, 1, "")
                .sized2(key)
                .raw(cipher));
        if (!Exchange.succeeded(blob)) {
            return;
        }
        Bytes publicArea = Bytes.copyOf(made, 18, 2 + Exchange.shortAt(made, 18));
        int first = 14 + 2; // behind an encryptionKeyOut that is empty
        int second = first + 2 + Exchange.shortAt(blob, first);
        Bytes duplicate = Bytes.copyOf(blob, first, second - first);
        Bytes seed = Bytes.copyOf(blob, second, 2 + Exchange.shortAt(blob, second));
        rewrap(parent, publicArea, duplicate, seed);
        byte[] imported = tpm.codeOnly(Request.of(0x156)
                .handle(parent)
                .password("")
                .sized2(key)
                .raw(publicArea)
                .raw(duplicate)
                .raw(seed)
                .raw(cipher));
        loadImported(parent, imported, publicArea);
    }

    private void rewrap(int parent, Bytes publicArea, Bytes duplicate, Bytes seed) {
        byte[] digest = Hasher.digest(
                Digest.SHA256, publicArea.slice(2, publicArea.size() - 2).toArray());
        boolean isPlain = seed.size() == 2;
        tpm.codeOnly(Request.of(0x152)
                .handle(isPlain ? NULL : parent)
                .handle(random.nextBoolean() ? NULL : parent)
                .password("")
                .raw(duplicate)
                .sized2(Bytes.hex("000b").then(Bytes.wrap(digest)))
                .raw(seed));
    }

    private void loadImported(int parent, byte[] imported, Bytes publicArea) {
        if (!Exchange.succeeded(imported)) {
            return;
        }
        Bytes privateArea = Bytes.copyOf(imported, 14, 2 + Exchange.shortAt(imported, 14));
        byte[] loaded = tpm.exact(
                Request.of(0x157).handle(parent).password("").raw(privateArea).raw(publicArea));
        if (Exchange.succeeded(loaded)) {
            int object = Compare.intAt(loaded, 10);
            tpm.exact(Request.of(0x15E).handle(object).password("6b"));
            flush(object);
        }
    }

    private byte[] policySession() {
        return tpm.plain(Request.of(0x176)
                .handle(NULL)
                .handle(NULL)
                .sized2(octets(16))
                .sized2("")
                .u8(1)
                .u16(ALG_NULL)
                .u16(0x000B));
    }

    private byte[] sealed(Bytes template) {
        Bytes sensitive =
                new WireWriter().sized2(Bytes.hex("6b")).sized2(octets(20)).toBytes();
        return tpm.plain(Request.of(0x131)
                .handle(OWNER)
                .password("")
                .sized2(sensitive)
                .sized2(template)
                .raw("0000 00000000"));
    }

    private int primary(Bytes template) {
        byte[] made = tpm.plain(Request.of(0x131)
                .handle(OWNER)
                .password("")
                .raw("0004 0000 0000")
                .sized2(template)
                .raw("0000 00000000"));
        return Exchange.succeeded(made) ? Compare.intAt(made, 10) : 0;
    }

    private void flush(int handle) {
        tpm.plain(Request.of(0x165).u32(handle));
    }

    private Bytes octets(int size) {
        byte[] octets = new byte[size];
        random.nextBytes(octets);
        return Bytes.wrap(octets);
    }
}
