package org.jswtpm.engine.tpm2.command.object;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.create;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.damaged;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.load;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.readPublic;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.unseal;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmClient;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests.Created;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static final List<String> PARENTS =
            List.of(ObjectRequests.ECC_STORAGE, ObjectRequests.RSA_STORAGE, ObjectRequests.SYM_STORAGE);

    /** Children that the TPM makes by itself. */
    private static final List<String> CHILDREN = List.of(
            ObjectRequests.ECC_STORAGE,
            ObjectRequests.FREE_STORAGE,
            ObjectRequests.SYM_STORAGE,
            ObjectRequests.DERIVATION,
            ObjectRequests.ECC_SIGN,
            ObjectRequests.RSA_SIGN,
            ObjectRequests.HMAC_KEY,
            ObjectRequests.AES_KEY,
            "0008 000c 00040072 0000 0005 000d 0000");

    private final Tpm2Fixture tpm = Tpm2Fixture.started();
    private Handle parent;
    private Created sealed;

    @BeforeEach
    void createSealedData() {
        parent = tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE))
                .handle();
        sealed = Created.of(tpm.send(create(parent, ObjectRequests.SEALED, "0102", "c0ffee")));
    }

    @Test
    void loadsWhatWasCreated() {
        Handle item = tpm.send(load(parent, sealed)).handle();
        tpm.send(unseal(item, "0102")).hasParameters("0003 c0ffee");
        tpm.send(unseal(item, "010200")).hasParameters("0003 c0ffee");
        tpm.send(unseal(item, "01")).hasCode(TpmRc.BAD_AUTH.session(1));
    }

    @Test
    void answersIntegrityForEveryChangedOctet() {
        byte[] area = sealed.privateArea().toArray();
        for (int i = 2; i < area.length; i += 7) {
            area[i] ^= 1;
            tpm.send(load(parent, new Created(Bytes.copyOf(area), sealed.publicArea())))
                    .hasCode(TpmRc.INTEGRITY.parameter(1));
            area[i] ^= 1;
        }
    }

    @Test
    void answersFaultsOfThePrivateArea() {
        tpm.send(load(parent, new Created(Bytes.EMPTY, sealed.publicArea()))).hasCode(TpmRc.SIZE.parameter(1));
        tpm.send(load(parent, new Created(Bytes.hex("00"), sealed.publicArea())))
                .hasCode(TpmRc.INSUFFICIENT.parameter(1));
        tpm.send(load(parent, new Created(Bytes.hex("0020"), sealed.publicArea())))
                .hasCode(TpmRc.INSUFFICIENT.parameter(1));
        tpm.send(load(parent, new Created(Bytes.hex("0041"), sealed.publicArea())))
                .hasCode(TpmRc.SIZE.parameter(1));
    }

    @Test
    void answersIntegrityForAnotherPublicArea() {
        byte[] area = sealed.publicArea().toArray();
        area[7] ^= 0x40; // userWithAuth
        tpm.send(load(parent, new Created(sealed.privateArea(), Bytes.wrap(area))))
                .hasCode(TpmRc.INTEGRITY.parameter(1));
    }

    @Test
    void answersTypeForWhatIsNoParent() {
        Handle key =
                tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_SIGN)).handle();
        tpm.send(load(key, sealed)).hasCode(TpmRc.TYPE.handle(1));
        tpm.send(load(key, new Created(Bytes.EMPTY, sealed.publicArea()))).hasCode(TpmRc.SIZE.parameter(1));
    }

    @Test
    void answersObjectMemoryBeforeAllElse() {
        tpm.send(load(parent, sealed)).isSuccess();
        tpm.send(load(parent, sealed)).isSuccess();
        tpm.send(load(parent, new Created(Bytes.EMPTY, sealed.publicArea()))).hasCode(TpmRc.OBJECT_MEMORY);
    }

    @SameAsSwtpm
    void objectsOfTheOneLoadInTheOther(TpmPair both) {
        Tpm2Fixture ours = both.oursOnStateOfSwtpm();
        for (String template : PARENTS) {
            Handle first = ours.send(createPrimary(Handle.OWNER, template)).handle();
            Handle same =
                    both.swtpm().send(createPrimary(Handle.OWNER, template)).handle();
            assertEquals(first, same);
            for (String child : CHILDREN) {
                if (template.equals(ObjectRequests.SYM_STORAGE) || !child.equals(ObjectRequests.ECC_STORAGE)) {
                    exchange(ours, both.swtpm(), first, child);
                    exchange(both.swtpm(), ours, first, child);
                }
            }
            ours.send(flush(first)).isSuccess();
            both.swtpm().send(flush(first)).isSuccess();
        }
    }

    /** What {@code maker} creates, {@code other} loads, and tells the same of it. */
    private static void exchange(TpmClient maker, TpmClient other, Handle parent, String template) {
        Created created = Created.of(maker.send(create(parent, template, "0a", "")));
        Answer expected = maker.send(load(parent, created));
        Answer actual = other.send(load(parent, created));
        assertEquals(expected.octets(), actual.octets(), template);
        Handle child = expected.handle();
        assertEquals(
                maker.send(readPublic(child)).octets(),
                other.send(readPublic(child)).octets());
        maker.send(flush(child)).isSuccess();
        other.send(flush(child)).isSuccess();
    }

    @SameAsSwtpm
    void refusesLikeSwtpm(TpmPair both) {
        TpmPair same = both.onStateOfSwtpm();
        Handle storage = same.make(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE));
        Handle sign = same.make(createPrimary(Handle.OWNER, ObjectRequests.ECC_SIGN));
        Created item = Created.of(same.ours().send(create(storage, ObjectRequests.SEALED, "0102", "c0ffee")));
        for (Handle each : new Handle[] {storage, sign, Handle.OWNER}) {
            for (Bytes area : new Bytes[] {
                Bytes.EMPTY,
                Bytes.hex("00"),
                Bytes.hex("0020"),
                Bytes.hex("0041"),
                new WireWriter().sized2(Bytes.zeros(32)).toBytes(),
                item.privateArea().slice(0, item.privateArea().size() - 1),
                item.privateArea().then(Bytes.zeros(1)),
                damaged(item.privateArea(), 40)
            }) {
                same.refuse(load(each, new Created(area, item.publicArea())));
            }
            for (int at = 1; at < item.publicArea().size(); at += 2) {
                same.refuse(load(each, new Created(item.privateArea(), damaged(item.publicArea(), at))));
            }
        }
        same.refuse(TestCommand.of(CommandCode.LOAD)
                .handle(storage)
                .password("01")
                .sized(item.privateArea())
                .sized(item.publicArea()));
        same.refuse(TestCommand.of(CommandCode.LOAD)
                .handle(storage)
                .sized(item.privateArea())
                .sized(item.publicArea()));
        same.succeed(load(storage, item)).isIdentical();
        same.refuse(load(storage, item));
        same.refuse(load(storage, new Created(Bytes.EMPTY, item.publicArea())));
    }
}
