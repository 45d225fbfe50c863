package org.jswtpm.engine.tpm2.command.signing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.structure.AlgorithmSet;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.tpm2.structure.TpmtSignature;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;

/** Requests that make and verify signatures, and a judge of signatures that is not the engine: the JDK. */
public final class SigningRequests {
    /** TPMT_SIG_SCHEME: that of the key. */
    public static final String NULL_SCHEME = "0010";

    /** TPMT_TK_HASHCHECK that says nothing. */
    public static final String NULL_TICKET = "8024 40000007 0000";

    private SigningRequests() {}

    /** TPM2_Sign under an empty password, without a ticket. */
    public static TestCommand sign(Handle key, Bytes digest, String scheme) {
        return sign(key, digest, scheme, Bytes.hex(NULL_TICKET));
    }

    /** TPM2_Sign under an empty password. */
    public static TestCommand sign(Handle key, Bytes digest, String scheme, Bytes ticket) {
        return TestCommand.of(CommandCode.SIGN)
                .handle(key)
                .password("")
                .sized(digest)
                .parameters(scheme)
                .parameters(ticket);
    }

    /** TPM2_VerifySignature. */
    public static TestCommand verify(Handle key, Bytes digest, Bytes signature) {
        return TestCommand.of(CommandCode.VERIFY_SIGNATURE)
                .handle(key)
                .sized(digest)
                .parameters(signature);
    }

    /** TPM2_Hash; its ticket is of the owner. */
    public static TestCommand hash(Bytes message, String hashAlg) {
        return TestCommand.of(CommandCode.HASH)
                .sized(message)
                .parameters(hashAlg)
                .parameters(Handle.OWNER.asName());
    }

    /**
     * Expects that the JDK finds the signature genuine.
     *
     * @param publicArea TPMT_PUBLIC of an RSA key, or of an ECC key on P-256, P-384 or P-521
     * @param message what was digested
     * @param signature TPMT_SIGNATURE
     */
    public static void assertGenuine(Bytes publicArea, Bytes message, Bytes signature) throws GeneralSecurityException {
        AlgorithmSet algorithms = AlgorithmSet.nullProfile();
        TpmtPublic area = TpmtPublic.unmarshal(reader(publicArea), algorithms);
        TpmtSignature read = TpmtSignature.unmarshal(reader(signature), algorithms);
        Signature judge = judge(read);
        judge.initVerify(publicKey(area));
        judge.update(message.toArray());
        assertTrue(judge.verify(octets(read)), "the JDK finds the signature genuine");
    }

    private static WireReader reader(Bytes octets) {
        return WireReader.over(octets, TpmRc.WIRE_FAULTS);
    }

    private static Signature judge(TpmtSignature signature) throws GeneralSecurityException {
        HashAlg hash = signature.hash();
        switch (signature.sigAlg()) {
            case RSASSA:
                return Signature.getInstance(hash + "withRSA");
            case ECDSA:
                return Signature.getInstance(hash + "withECDSAinP1363Format");
            case RSAPSS:
                Signature pss = Signature.getInstance("RSASSA-PSS");
                String name = hash.name().replace("SHA", "SHA-");
                pss.setParameter(new PSSParameterSpec(name, "MGF1", new MGF1ParameterSpec(name), hash.digestSize(), 1));
                return pss;
            default:
                throw new IllegalArgumentException("the JDK does not know " + signature.sigAlg());
        }
    }

    private static byte[] octets(TpmtSignature signature) {
        return signature instanceof TpmtSignature.Rsa rsa
                ? rsa.sig().toArray()
                : ((TpmtSignature.Ecc) signature)
                        .r()
                        .then(((TpmtSignature.Ecc) signature).s())
                        .toArray();
    }

    private static PublicKey publicKey(TpmtPublic area) throws GeneralSecurityException {
        return switch (area.type()) {
            case RSA ->
                KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(
                                number(area.rsa().unique()),
                                BigInteger.valueOf(area.rsa().parms().publicExponent())));
            case ECC -> {
                AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
                int bits = area.ecc().parms().curve().keyBits();
                curve.init(new ECGenParameterSpec("secp" + bits + "r1"));
                ECPoint point = new ECPoint(
                        number(area.ecc().unique().x()),
                        number(area.ecc().unique().y()));
                yield KeyFactory.getInstance("EC")
                        .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
            }
            default -> throw new IllegalArgumentException("no public key");
        };
    }

    private static BigInteger number(Bytes octets) {
        return new BigInteger(1, octets.toArray());
    }
}
