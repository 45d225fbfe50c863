package org.jswtpm.engine.tpm2.command.signing;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.loadExternal;
import static org.jswtpm.engine.tpm2.command.signing.SigningRequests.NULL_SCHEME;
import static org.jswtpm.engine.tpm2.command.signing.SigningRequests.sign;
import static org.jswtpm.engine.tpm2.command.signing.SigningRequests.verify;

import java.util.ArrayList;
import java.util.List;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** TPM2_VerifySignature. */
class VerifySignatureTest {
    private static final Bytes DIGEST = Bytes.hex("c0ffee").then(Bytes.zeros(29));
    private static final String NULL_TICKET = "8022 40000007 0000";
    private static final String ECDSA = "0018 000b";

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private Bytes signature(Handle key) {
        return tpm.send(sign(key, DIGEST, NULL_SCHEME)).parameters();
    }

    @Test
    void policyAuthorizeBelievesTheTicketForThisKeyAndThisDigest() {
        Answer created = tpm.send(createPrimary(Handle.ENDORSEMENT, ObjectRequests.ECC_SIGN));
        Bytes parameters = created.parameters();
        Bytes name = parameters.slice(parameters.size() - 34, 34);
        Handle session =
                tpm.startSession(1, Digest.SHA256, Handle.NULL, Bytes.EMPTY, 0).handle();
        Bytes approval = Bytes.wrap(Hasher.digest(Digest.SHA256, new byte[32], new byte[] {7}));
        Bytes signature =
                tpm.send(sign(created.handle(), approval, NULL_SCHEME)).parameters();
        Bytes ticket = tpm.send(verify(created.handle(), approval, signature)).parameters();
        TestCommand authorize =
                TestCommand.of(CommandCode.POLICY_AUTHORIZE).handle(session).sized(Bytes.zeros(32));
        tpm.send(authorize.sized(Bytes.hex("08")).sized(name).parameters(ticket))
                .hasCode(TpmRc.VALUE.parameter(4));
        tpm.send(authorize.sized(Bytes.hex("07")).sized(name).parameters(ticket))
                .isSuccess();
    }

    @Test
    void aKeyOfTheNullHierarchyGivesNoTicket() {
        Handle key =
                tpm.send(createPrimary(Handle.NULL, ObjectRequests.ECC_SIGN)).handle();
        tpm.send(verify(key, DIGEST, signature(key))).hasParameters(NULL_TICKET);
    }

    @Test
    void aSignatureByAnyOtherKeyOrOfAnyOtherDigestIsNotGenuine() {
        Handle key =
                tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_SIGN)).handle();
        Handle other =
                tpm.send(createPrimary(Handle.NULL, ObjectRequests.ECC_SIGN)).handle();
        Bytes signature = signature(key);
        tpm.send(verify(key, DIGEST, signature)).isSuccess();
        tpm.send(verify(other, DIGEST, signature)).hasCode(TpmRc.SIGNATURE.parameter(2));
        tpm.send(verify(key, Bytes.zeros(32), signature)).hasCode(TpmRc.SIGNATURE.parameter(2));
        for (int i = 4; i < signature.size(); i++) {
            byte[] damaged = signature.toArray();
            damaged[i] ^= 1;
            boolean isSize = i < 6 || i == 38 || i == 39;
            if (!isSize) {
                tpm.send(verify(key, DIGEST, Bytes.wrap(damaged))).hasCode(TpmRc.SIGNATURE.parameter(2));
            }
        }
    }

    @Test
    void answersFaults() {
        Handle storage = tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE))
                .handle();
        Handle hmac =
                tpm.send(createPrimary(Handle.OWNER, ObjectRequests.HMAC_KEY)).handle();
        Bytes ofHmac = signature(hmac);
        Bytes ofAnother = Bytes.hex("0005 000c").then(Bytes.zeros(48));
        Bytes ofRsa = Bytes.hex("0014 000b 0001 00");
        tpm.send(verify(storage, DIGEST, ofRsa)).hasCode(TpmRc.ATTRIBUTES.handle(1));
        tpm.send(verify(hmac, DIGEST, ofRsa)).hasCode(TpmRc.SCHEME.parameter(2));
        tpm.send(verify(hmac, DIGEST, ofAnother)).hasCode(TpmRc.SIGNATURE.parameter(2));
        tpm.send(verify(hmac, DIGEST, ofHmac.slice(0, 20))).hasCode(TpmRc.INSUFFICIENT.parameter(2));
        tpm.send(verify(hmac, DIGEST, Bytes.hex("0010"))).hasCode(TpmRc.SCHEME.parameter(2));
        Bytes area = tpm.send(ObjectRequests.readPublic(hmac)).read().sized2(0xffff);
        tpm.send(flush(storage)).isSuccess();
        Handle publicOnly =
                tpm.send(loadExternal("", area.toString(), Handle.OWNER)).handle();
        tpm.send(verify(publicOnly, DIGEST, ofHmac)).hasCode(TpmRc.HANDLE.parameter(2));
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        Tpm2Fixture ours = both.oursOnStateOfSwtpm();
        for (String template : new String[] {
            ObjectRequests.ECC_SIGN,
            "0001 000b 00040472 0000 0010 0014 000b 0400 00000000 0000",
            ObjectRequests.HMAC_KEY,
            "0008 000b 00060472 0000 0010 0000",
            "0023 000b 00040472 0000 0010 001a 000b 0000 0003 0010 0000 0000"
        }) {
            Handle key = ours.send(createPrimary(Handle.OWNER, template)).handle();
            both.swtpm().send(createPrimary(Handle.OWNER, template)).isSuccess();
            for (Bytes signature : signatures()) {
                for (Bytes digest : new Bytes[] {DIGEST, Bytes.EMPTY, Bytes.zeros(20), Bytes.zeros(64)}) {
                    TestCommand command = verify(key, digest, signature);
                    Bytes expected = both.swtpm().send(command).octets();
                    ours.send(command).hasCode(codeOf(expected));
                }
            }
            both.swtpm().send(flush(key)).isSuccess();
            ours.send(flush(key)).isSuccess();
        }
    }

    private static TpmRc codeOf(Bytes response) {
        return new TpmRc(response.get(8) << 8 | response.get(9));
    }

    /** Signatures of every kind, none of them genuine, with numbers at and beyond their limits. */
    private static List<Bytes> signatures() {
        String order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
        List<Bytes> list = new ArrayList<>();
        for (String head : new String[] {ECDSA, "001b 000b", "001c 000b", "001a 000b"}) {
            for (String numbers : new String[] {
                "0000 0000", "0001 00 0001 01", "0001 01 0001 01", "0020" + order + "0001 01", "0001 01 0020" + order
            }) {
                list.add(Bytes.hex(head + numbers));
            }
        }
        for (String head : new String[] {"0014 000b", "0016 000b", "0016 000d"}) {
            list.add(Bytes.hex(head + "0000"));
            list.add(Bytes.hex(head + "007f").then(Bytes.zeros(127)));
            list.add(Bytes.hex(head + "0080").then(Bytes.zeros(128)));
            list.add(Bytes.hex(head + "0080" + "ff".repeat(128)));
        }
        list.add(Bytes.hex("0005 000b").then(Bytes.zeros(32)));
        list.add(Bytes.hex("0005 000d").then(Bytes.zeros(64)));
        return list;
    }
}
