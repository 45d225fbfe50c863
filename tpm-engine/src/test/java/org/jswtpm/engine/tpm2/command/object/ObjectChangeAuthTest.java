package org.jswtpm.engine.tpm2.command.object;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.create;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.load;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.unseal;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests.Created;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObjectChangeAuthTest {
    private final Tpm2Fixture tpm = Tpm2Fixture.started();
    private Handle parent;
    private Created sealed;
    private Handle item;

    private static TestCommand changeAuth(Handle object, Handle parent, String password, String newAuth) {
        return TestCommand.of(CommandCode.OBJECT_CHANGE_AUTH)
                .handle(object)
                .handle(parent)
                .password(password)
                .sized(Bytes.hex(newAuth));
    }

    @BeforeEach
    void createSealedData() {
        parent = tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE))
                .handle();
        sealed = Created.of(tpm.send(create(parent, ObjectRequests.SEALED, "01", "c0ffee")));
        item = tpm.send(load(parent, sealed)).handle();
    }

    @Test
    void theNewPrivateAreaHasTheNewValueAndTheLoadedObjectTheOldOne() {
        Bytes changed = tpm.send(changeAuth(item, parent, "01", "0203")).read().sized2(0xffff);
        tpm.send(unseal(item, "01")).isSuccess();
        tpm.send(flush(item)).isSuccess();
        Handle again = tpm.send(load(parent, new Created(changed, sealed.publicArea())))
                .handle();
        tpm.send(unseal(again, "01")).hasCode(TpmRc.BAD_AUTH.session(1));
        tpm.send(unseal(again, "0203")).hasParameters("0003 c0ffee");
    }

    @Test
    void answersTypeForWhatIsNotTheParent() {
        Handle other =
                tpm.send(createPrimary(Handle.NULL, ObjectRequests.ECC_STORAGE)).handle();
        tpm.send(changeAuth(item, other, "01", "02")).hasCode(TpmRc.TYPE.handle(2));
        tpm.send(changeAuth(item, item, "01", "02")).hasCode(TpmRc.TYPE.handle(2));
        tpm.send(changeAuth(parent, parent, "", "02")).hasCode(TpmRc.TYPE.handle(2));
    }

    @Test
    void answersSizeBeforeTheParentIsLookedAt() {
        tpm.send(changeAuth(item, item, "01", "02".repeat(33))).hasCode(TpmRc.SIZE.parameter(1));
        tpm.send(changeAuth(item, parent, "01", "02".repeat(32) + "00")).isSuccess();
    }

    @SameAsSwtpm
    void theOtherLoadsWhatTheOneHasChanged(TpmPair both) {
        Tpm2Fixture ours = both.oursOnStateOfSwtpm();
        Handle first = ours.send(createPrimary(Handle.OWNER, ObjectRequests.RSA_STORAGE))
                .handle();
        both.swtpm()
                .send(createPrimary(Handle.OWNER, ObjectRequests.RSA_STORAGE))
                .isSuccess();
        Created created = Created.of(both.swtpm().send(create(first, ObjectRequests.SEALED, "01", "c0ffee")));
        Handle loaded = ours.send(load(first, created)).handle();
        Bytes changed = ours.send(changeAuth(loaded, first, "01", "02")).read().sized2(0xffff);
        both.swtpm()
                .send(load(first, new Created(changed, created.publicArea())))
                .isSuccess();
        both.swtpm().send(unseal(loaded, "02")).hasParameters("0003 c0ffee");
        both.swtpm().send(changeAuth(loaded, loaded, "02", "03")).hasCode(TpmRc.TYPE.handle(2));
    }

    @SameAsSwtpm
    void refusesLikeSwtpm(TpmPair both) {
        TpmPair same = both.onStateOfSwtpm();
        Handle first = same.make(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE));
        Created created = Created.of(same.swtpm().send(create(first, ObjectRequests.SEALED, "01", "c0ffee")));
        Handle loaded = same.make(load(first, created));
        Handle other = same.make(createPrimary(Handle.ENDORSEMENT, ObjectRequests.ECC_STORAGE));
        same.succeed(changeAuth(loaded, first, "01", "02".repeat(32) + "00"));
        same.refuseOtherLengths(changeAuth(loaded, first, "01", "02"));
        for (Handle parent : new Handle[] {first, loaded, other, Handle.OWNER, new Handle(0x8100_0001)}) {
            same.refuse(changeAuth(loaded, parent, "01", "02".repeat(33)));
            same.refuse(changeAuth(loaded, parent, "01", "02".repeat(65)));
            same.refuse(changeAuth(loaded, parent, "02", "02"));
            same.refuse(changeAuth(first, parent, "", "02"));
        }
        same.refuse(changeAuth(loaded, other, "01", "02"));
        same.refuse(changeAuth(loaded, loaded, "01", "02"));
        same.refuse(TestCommand.of(CommandCode.OBJECT_CHANGE_AUTH)
                .handle(loaded)
                .handle(first)
                .parameters("0001 02"));
        same.succeed(flush(other));
        Handle byPolicy = same.make(createPrimary(Handle.OWNER, "0008 000b 000004d2 0000 0010 0000", "01", "02"));
        same.refuse(changeAuth(byPolicy, first, "01", "02"));
    }
}
