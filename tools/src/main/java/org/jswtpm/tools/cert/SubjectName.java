package org.jswtpm.tools.cert;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * The subject that a command line gives: {@code CN=vm:1,L=X}. A value is the text between the equals sign and the next
 * comma, without the blanks around it; a backslash takes its meaning from a character that has one, as in RFC 4514. No text
 * is anything but text, so that each name that a machine can have is one that a certificate can have.
 */
final class SubjectName {
    /** What a backslash can stand before, as in GnuTLS. */
    private static final String SPECIAL = ",+\"\\<>;=# ";

    private SubjectName() {}

    /** Reads a subject; parts without an equals sign are left out, as in swtpm. */
    static X500Name parse(String text) throws CertException {
        X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
        int start = 0;
        while (start < text.length()) {
            int end = endOfPart(text, start);
            String part = text.substring(start, end);
            int equals = part.indexOf('=');
            if (equals >= 0) {
                ASN1ObjectIdentifier type = type(part.substring(0, equals).strip());
                String value = unescaped(part.substring(equals + 1));
                if (value.isEmpty()) {
                    // X.520 has no names of no characters
                    throw new CertException("There is no name behind '" + part.strip() + "' in the subject.");
                }
                name.addRDN(type, value(type, value));
            }
            start = end + 1;
        }
        return name.build();
    }

    private static int endOfPart(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == ',') {
                return i;
            }
        }
        return text.length();
    }

    /** A backslash before a character without a meaning is a backslash: the name of a machine may hold one. */
    private static String unescaped(String text) {
        String stripped = text.strip();
        boolean escapedBlank = stripped.endsWith("\\") && text.stripLeading().startsWith(stripped + " ");
        String value = escapedBlank ? stripped + " " : stripped;
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            boolean escape = value.charAt(i) == '\\' && i + 1 < value.length();
            if (escape && SPECIAL.indexOf(value.charAt(i + 1)) >= 0) {
                i++;
            }
            plain.append(value.charAt(i));
        }
        return plain.toString();
    }

    private static ASN1ObjectIdentifier type(String name) throws CertException {
        try {
            return name.toLowerCase(Locale.ROOT).equals("email")
                    ? BCStyle.EmailAddress
                    : BCStyle.INSTANCE.attrNameToOID(name);
        } catch (IllegalArgumentException e) {
            throw new CertException("Unknown attribute '" + name + "' in the subject.");
        }
    }

    /** The kinds of strings that GnuTLS chooses. */
    private static ASN1Encodable value(ASN1ObjectIdentifier type, String value) {
        boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(value);
        if (ascii && (type.equals(BCStyle.EmailAddress) || type.equals(BCStyle.DC))) {
            return new DERIA5String(value);
        }
        boolean always =
                type.equals(BCStyle.C) || type.equals(BCStyle.SERIALNUMBER) || type.equals(BCStyle.DN_QUALIFIER);
        return ascii && always || DERPrintableString.isPrintableString(value)
                ? new DERPrintableString(value)
                : new DERUTF8String(value);
    }
}
