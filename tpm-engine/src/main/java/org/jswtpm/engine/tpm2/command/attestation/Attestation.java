package org.jswtpm.engine.tpm2.command.attestation;

import static org.jswtpm.engine.tpm2.structure.TpmRc.KEY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SCHEME;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Optional;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.crypto.Kdf;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.SlotAttributes;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.signing.SignScheme;
import org.jswtpm.engine.tpm2.signing.Signer;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.ClockInfo;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.TpmIdentity;
import org.jswtpm.engine.tpm2.structure.TpmsAttest;
import org.jswtpm.engine.tpm2.structure.TpmtAsymScheme;
import org.jswtpm.engine.tpm2.structure.TpmtSignature;
import org.jswtpm.engine.tpm2.structure.TpmuAttest;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * How an attestation is signed (Attest_spt of the reference; Part 3, 18.1): by a key with a scheme, or by nobody.
 *
 * @param key the signer; none for TPM_RH_NULL
 * @param scheme the scheme; TPM_ALG_NULL for TPM_RH_NULL
 */
public record Attestation(Optional<TpmObject> key, TpmtAsymScheme scheme) {
    /** CONTEXT_INTEGRITY_HASH_ALG. */
    private static final Digest OBFUSCATION_HASH = Digest.SHA512;

    private static final int OBFUSCATION_BITS = 128;
    private static final byte[] NOTHING = new byte[0];

    /**
     * What a command gives.
     *
     * @param attest the octets of a TPMS_ATTEST
     * @param signature its signature; TPM_ALG_NULL without a key
     */
    public record Signed(Bytes attest, TpmtSignature signature) {
        /** TPM2B_ATTEST and TPMT_SIGNATURE. */
        public void marshal(WireWriter out) {
            out.sized2(attest);
            signature.marshal(out);
        }
    }

    /**
     * The attestation by {@code signHandle}, which may be TPM_RH_NULL: then the scheme does not matter.
     *
     * @param handle the number of the handle, which KEY blames for an object that does not sign
     * @param parameter the number of the scheme, which SCHEME blames if none suits
     */
    public static Attestation by(Handle signHandle, int handle, TpmtAsymScheme inScheme, int parameter, TpmState tpm) {
        if (signHandle.equals(Handle.NULL)) {
            return new Attestation(Optional.empty(), TpmtAsymScheme.NULL);
        }
        TpmObject key = tpm.objects().object(signHandle, KEY.handle(handle));
        check(SignScheme.isSigner(key), KEY.handle(handle));
        TpmtAsymScheme scheme = SignScheme.select(key, inScheme).orElseThrow(SCHEME.parameter(parameter)::exception);
        return new Attestation(Optional.of(key), scheme);
    }

    /** The hash algorithm of the scheme; TPM_ALG_NULL for TPM_RH_NULL. */
    public HashAlg hash() {
        return scheme.hash();
    }

    /** Whether the signer is not to be told by what it signs: with ECDAA. */
    public boolean isAnonymous() {
        return scheme.scheme() == AlgId.ECDAA;
    }

    /**
     * Signs; the last step of a command.
     *
     * @param qualifyingData what the caller adds: to the structure, or, if that is to be anonymous, to its digest
     */
    public Signed sign(TpmuAttest attested, Bytes qualifyingData, TpmState tpm) {
        Bytes extraData = isAnonymous() ? Bytes.EMPTY : qualifyingData;
        Bytes attest = structure(attested, extraData, tpm).toBytes();
        if (key.isEmpty()) {
            return new Signed(attest, TpmtSignature.NULL);
        }
        byte[] digest = Hasher.digest(hash().digest(), attest.toArray());
        if (isAnonymous() && !qualifyingData.isEmpty()) {
            digest = Hasher.digest(hash().digest(), qualifyingData.toArray(), digest);
        }
        TpmtSignature signature = new Signer(tpm.profile(), tpm.ephemeralKeys(), tpm.random(), tpm.helpers())
                .sign(key.get(), scheme, digest);
        tpm.clearOrderly(); // the clock that was told must not be told again
        return new Signed(attest, signature);
    }

    private TpmsAttest structure(TpmuAttest attested, Bytes extraData, TpmState tpm) {
        Bytes signer = qualifiedSigner();
        ClockInfo clock = tpm.timeInfo().clockInfo();
        long firmwareVersion = TpmIdentity.FIRMWARE_VERSION;
        if (!isPrivileged()) {
            byte[] mask = tpm.hierarchies()
                    .proof(Handle.OWNER)
                    .use(proof -> Kdf.kdfa(
                            OBFUSCATION_HASH, proof, "OBFUSCATE", signer.toArray(), NOTHING, OBFUSCATION_BITS));
            firmwareVersion += littleEndian(mask, 0);
            long counts = littleEndian(mask, Long.BYTES);
            clock = new ClockInfo(
                    clock.clock(),
                    clock.resetCount() + (int) (counts >>> Integer.SIZE),
                    clock.restartCount() + (int) counts,
                    clock.isSafe());
        }
        return new TpmsAttest(signer, extraData, clock, firmwareVersion, attested);
    }

    private Bytes qualifiedSigner() {
        if (key.isEmpty()) {
            return Handle.NULL.asName();
        }
        return isAnonymous() ? Bytes.EMPTY : key.get().qualifiedName();
    }

    /** Whether the signer may tell how often the TPM was started: others could be known by it in all that they sign. */
    private boolean isPrivileged() {
        return key.isPresent()
                && key.get().attributes().hasAny(SlotAttributes.EPS_HIERARCHY | SlotAttributes.PPS_HIERARCHY);
    }

    /** The numbers that obfuscate are in the order of octets of the machines on which libtpms runs. */
    private static long littleEndian(byte[] octets, int offset) {
        long value = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            value = value << Byte.SIZE | octets[offset + i] & 0xff;
        }
        return value;
    }
}
