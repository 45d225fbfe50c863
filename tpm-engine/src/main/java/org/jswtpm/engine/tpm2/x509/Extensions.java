package org.jswtpm.engine.tpm2.x509;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.RESERVED_BITS;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Optional;
import org.jswtpm.engine.tpm2.structure.ObjectAttributes;
import org.jswtpm.engine.wire.Bytes;

/**
 * The extensions of a certificate as far as they say what its key may do (Part 3, 18.8): the key usage, which there must be, and the
 * TCG's extension with the TPMA_OBJECT of the key. Others are not looked at.
 */
public final class Extensions {
    /** 2.5.29.15. */
    private static final Bytes KEY_USAGE = Bytes.hex("06 03 551d0f");
    /** 2.23.133.10.1.1.1. */
    private static final Bytes TPMA_OBJECT = Bytes.hex("06 07 6781050a010101");

    private static final int KEY_USAGE_BITS = 0xFF80_0000;
    private static final int DIGITAL_SIGNATURE = 1 << 31;
    private static final int NON_REPUDIATION = 1 << 30;
    private static final int KEY_ENCIPHERMENT = 1 << 29;
    private static final int DATA_ENCIPHERMENT = 1 << 28;
    private static final int KEY_AGREEMENT = 1 << 27;
    private static final int KEY_CERT_SIGN = 1 << 26;
    private static final int CRL_SIGN = 1 << 25;
    private static final int ENCIPHER_ONLY = 1 << 24;
    private static final int DECIPHER_ONLY = 1 << 23;
    private static final int SIGNING = DIGITAL_SIGNATURE | KEY_CERT_SIGN | CRL_SIGN;
    private static final int DECRYPTION =
            KEY_ENCIPHERMENT | DATA_ENCIPHERMENT | KEY_AGREEMENT | ENCIPHER_ONLY | DECIPHER_ONLY;

    /** All that follows the header of the SEQUENCE of extensions; libtpms does not look where that ends. */
    private final Bytes list;

    private Extensions(Bytes list) {
        this.list = list;
    }

    /**
     * Checks the extensions of a certificate for a key with these attributes.
     *
     * @throws org.jswtpm.engine.wire.TpmException VALUE, RESERVED_BITS, or ATTRIBUTES if the attributes are others; all without a
     *     number
     */
    public static void checkFor(ObjectAttributes key, PartialCertificate certificate) {
        Bytes contents = certificate.extensions().contents();
        DerElement sequence = DerElement.read(contents, 0).orElseThrow(VALUE::exception);
        check(sequence.tag() == DerElement.SEQUENCE, VALUE);
        int begin = sequence.headerSize();
        Extensions extensions = new Extensions(contents.slice(begin, contents.size() - begin));
        Optional<Bytes> attributes = extensions.find(TPMA_OBJECT);
        check(attributes.isEmpty() || bits(attributes.get()) == key.bits(), ATTRIBUTES);
        checkKeyUsage(key, bits(extensions.find(KEY_USAGE).orElseThrow(VALUE::exception)));
    }

    private static void checkKeyUsage(ObjectAttributes key, int usage) {
        check((usage & ~KEY_USAGE_BITS) == 0, RESERVED_BITS);
        check((usage & SIGNING) == 0 || key.sign(), VALUE);
        check((usage & DECRYPTION) == 0 || key.decrypt(), VALUE);
        check((usage & NON_REPUDIATION) == 0 || key.fixedTpm(), VALUE);
        check((usage & KEY_ENCIPHERMENT) == 0 || key.restricted(), VALUE);
    }

    /** The contents of the first extension that begins with {@code oid}; VALUE if the list is malformed before it. */
    private Optional<Bytes> find(Bytes oid) {
        for (int offset = 0; offset < list.size(); ) {
            DerElement extension = DerElement.read(list, offset).orElseThrow(VALUE::exception);
            check(extension.tag() == DerElement.SEQUENCE, VALUE);
            Bytes contents = extension.contents();
            if (contents.size() >= oid.size() && contents.slice(0, oid.size()).equals(oid)) {
                return Optional.of(contents);
            }
            offset += extension.whole().size();
        }
        return Optional.empty();
    }

    /** The BIT STRING in the first OCTET STRING of an extension, left justified; else VALUE. */
    private static int bits(Bytes extension) {
        for (int offset = 0; ; ) {
            DerElement element = DerElement.read(extension, offset).orElseThrow(VALUE::exception);
            check(!element.contents().isEmpty(), VALUE);
            if (element.tag() == DerElement.OCTET_STRING) {
                DerElement bits = DerElement.read(extension, offset + element.headerSize())
                        .orElseThrow(VALUE::exception);
                check(bits.tag() == DerElement.BIT_STRING && !bits.contents().isEmpty(), VALUE);
                return leftJustified(bits.contents());
            }
            offset += element.whole().size();
        }
    }

    /** Up to 32 bits; of more, of which the first ones are zero, libtpms keeps the last ones where they come to stand. */
    private static int leftJustified(Bytes bitString) {
        int unused = bitString.get(0);
        int octets = bitString.size() - 1;
        check(unused < Byte.SIZE && (octets > 0 || unused == 0), VALUE);
        int value = 0;
        for (int i = 1; i < octets; i++) {
            check((value & 0xFF00_0000) == 0, VALUE);
            value = value << Byte.SIZE | bitString.get(i);
        }
        if (octets > 0) {
            int used = Byte.SIZE - unused;
            check((value & 0xFF00_0000 << used) == 0, VALUE);
            value = (value << used) + (bitString.get(octets) >> unused);
        }
        int bits = octets * Byte.SIZE - unused;
        return bits > 0 ? value << Integer.SIZE - bits : value;
    }
}
