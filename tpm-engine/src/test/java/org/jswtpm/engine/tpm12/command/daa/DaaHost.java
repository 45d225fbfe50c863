package org.jswtpm.engine.tpm12.command.daa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.wire.Bytes;

/** The host of a TPM: sends the stages of DAA, and verifies with the issuer what comes back. */
final class DaaHost {
    private final Issuer issuer;
    private int handle;

    /** The answers of the current session, by stage. */
    private final List<Bytes> answers = new ArrayList<>();

    DaaHost(Issuer issuer) {
        this.issuer = issuer;
    }

    int handle() {
        return handle;
    }

    List<Bytes> answers() {
        return answers;
    }

    /** The public endorsement key of a TPM with the owner of {@link KeptState}. */
    static Pubkey endorsementKey(Tpm12Client tpm) {
        Request request = Request.of(Ordinal.OWNER_READ_PUBEK);
        return Pubkey.unmarshal(tpm.send(request.auth(tpm.oiap(KeptState.OWNER).ending()))
                .isSuccess()
                .reader());
    }

    /** Sends these stages, the first of which makes a session if it is the first of all. */
    void run(Tpm12Client tpm, List<Stage> stages) {
        for (Stage stage : stages) {
            take(
                    stage,
                    tpm.send(stage.request(tpm, handle)).isSuccess().reader().sized4(4096));
        }
    }

    /** Takes the answer to a stage. */
    void take(Stage stage, Bytes answer) {
        if (stage.number() == 0) {
            handle = Issuer.number(answer).intValue();
            answers.clear();
        }
        while (answers.size() <= stage.number()) {
            answers.add(Bytes.EMPTY);
        }
        answers.set(stage.number(), answer);
    }

    private BigInteger answer(int stage) {
        return Issuer.number(answers.get(stage));
    }

    /** Verifies what all of TPM_DAA_Join has answered; gives the certificate. */
    BigInteger verifyJoin() {
        Bytes count = Bytes.hex(String.format("%08x", Stage.CREDENTIAL));
        Bytes digestN0 = sha1(Bytes.wrap(issuer.firstKey.modulus()));
        assertEquals(sha1(sha1(answers.get(7).then(count).then(digestN0)).then(Stage.NE)), answers.get(8));
        BigInteger challenge = Issuer.number(sha1(Stage.HOST_DIGEST.then(answers.get(16))));
        assertEquals(challenge, answer(20));
        issuer.verify(answer(7), answer(12), challenge, answer(17), answer(18), answer(19), answer(21));
        issuer.verifyPseudonym(issuer.w("issuer"), answer(14), answer(15), challenge, answer(17), answer(18));
        return issuer.certificate(answer(7));
    }

    /** What stages 22 to 24 have given. */
    List<Bytes> blobs() {
        return List.copyOf(answers.subList(22, 25));
    }

    /** Verifies what all of TPM_DAA_Sign has answered. */
    void verifySign(BigInteger certificate, int selector, Bytes signed) {
        Bytes hostChallenge = sha1(Stage.HOST_DIGEST.then(answers.get(9)));
        Bytes bound = sha1(
                hostChallenge.then(Bytes.wrap(new byte[] {(byte) selector})).then(signed));
        assertEquals(bound, answers.get(10));
        BigInteger challenge = Issuer.number(bound);
        BigInteger certified = issuer.certified(certificate);
        issuer.verify(certified, answer(5), challenge, answer(11), answer(12), answer(13), answer(15));
        issuer.verifyPseudonym(issuer.w("verifier"), answer(7), answer(8), challenge, answer(11), answer(12));
    }

    static Bytes sha1(Bytes octets) {
        return Bytes.wrap(Hasher.digest(Digest.SHA1, octets.toArray()));
    }
}
