package org.jswtpm.engine.tpm2.command.context;

import static org.jswtpm.engine.tpm2.structure.TpmRc.HANDLE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.INTEGRITY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.OBJECT_MEMORY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.REFERENCE_H0;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmClient;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** TPM2_ContextSave and TPM2_ContextLoad. */
class ContextSaveTest {
    private static final Handle FIRST_OBJECT = new Handle(0x8000_0000);
    private static final Handle FIRST_POLICY_SESSION = new Handle(0x0300_0000);
    /** Sequence, handle, hierarchy, and the size of the blob. */
    private static final int HEAD = 8 + 4 + 4 + 2;

    /** An ECC P-256 storage key in the NULL hierarchy, as the Linux kernel makes it. */
    private static final TestCommand CREATE_NULL_PRIMARY = TestCommand.of(CommandCode.CREATE_PRIMARY)
            .handle(Handle.NULL)
            .password("")
            .parameters("0004 0000 0000"
                    + "001a 0023 000b 00030472 0000 0006 0080 0043 0010 0003 0010 0000 0000"
                    + "0000 00000000");

    private static final TestCommand START_POLICY_SESSION = TestCommand.of(CommandCode.START_AUTH_SESSION)
            .handle(Handle.NULL)
            .handle(Handle.NULL)
            .sized(Bytes.zeros(16))
            .parameters("0000 01 0010 000b");

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand save(Handle handle) {
        return TestCommand.of(CommandCode.CONTEXT_SAVE).handle(handle);
    }

    private static TestCommand load(Bytes context) {
        return TestCommand.of(CommandCode.CONTEXT_LOAD).parameters(context);
    }

    private Bytes readPublic(Handle handle) {
        return tpm.send(TestCommand.of(CommandCode.READ_PUBLIC).handle(handle)).parameters();
    }

    private Bytes saved(Handle handle) {
        return tpm.send(save(handle)).isSuccess().parameters();
    }

    @Test
    void anObjectComesBackAsItWas() {
        Handle object = tpm.send(CREATE_NULL_PRIMARY).isSuccess().handle();
        Bytes before = readPublic(object);
        Bytes context = saved(object);
        tpm.send(TestCommand.of(CommandCode.FLUSH_CONTEXT).parameters(object.asName()));
        Handle loaded = tpm.send(load(context)).isSuccess().handle();
        assertEquals(before, readPublic(loaded));
    }

    @Test
    void anObjectStaysAndCanBeLoadedTwice() {
        Handle object = tpm.send(CREATE_NULL_PRIMARY).isSuccess().handle();
        Bytes context = saved(object);
        tpm.send(load(context)).isSuccess();
        tpm.send(load(context)).isSuccess();
        tpm.send(load(context)).hasCode(OBJECT_MEMORY);
    }

    @Test
    void aSessionLeavesAndComesBackOnce() {
        Handle session = tpm.send(START_POLICY_SESSION).isSuccess().handle();
        tpm.send(TestCommand.of(CommandCode.POLICY_RESTART).handle(session)).isSuccess();
        Bytes context = saved(session);
        tpm.send(TestCommand.of(CommandCode.POLICY_RESTART).handle(session)).hasCode(REFERENCE_H0);
        assertEquals(session, tpm.send(load(context)).isSuccess().handle());
        tpm.send(TestCommand.of(CommandCode.POLICY_RESTART).handle(session)).isSuccess();
        tpm.send(load(context)).hasCode(HANDLE.parameter(1));
    }

    @Test
    void aChangedContextIsRefusedWhereverItWasChanged() {
        Handle object = tpm.send(CREATE_NULL_PRIMARY).isSuccess().handle();
        byte[] context = saved(object).toArray();
        for (int at = HEAD + 2; at < context.length; at += 7) {
            byte[] changed = context.clone();
            changed[at] ^= 1;
            tpm.send(load(Bytes.wrap(changed))).hasCode(INTEGRITY.parameter(1));
        }
    }

    @Test
    void noContextOutlivesATpmReset() {
        Handle object = tpm.send(CREATE_NULL_PRIMARY).isSuccess().handle();
        Bytes context = saved(object);
        tpm.powerOn();
        tpm.send(TestCommand.of(CommandCode.STARTUP).parameters("0000")).isSuccess();
        tpm.send(load(context)).hasCode(INTEGRITY.parameter(1));
    }

    @Test
    void namesTheHandleThatIsNotThere() {
        tpm.send(save(FIRST_OBJECT)).hasCode(REFERENCE_H0);
    }

    @SameAsSwtpm
    void hasTheSizesOfSwtpm(TpmPair both) {
        both.send(CREATE_NULL_PRIMARY);
        both.send(START_POLICY_SESSION);
        sameSizes(both.send(save(FIRST_OBJECT)));
        sameSizes(both.send(save(FIRST_POLICY_SESSION)));
    }

    private static void sameSizes(TpmPair.Answers answers) {
        Answer ours = answers.ours().isSuccess();
        assertEquals(answers.swtpm().octets().size(), ours.octets().size());
    }

    @SameAsSwtpm
    void refusesToSaveLikeSwtpm(TpmPair both) {
        for (int handle : new int[] {
            0x8000_0000, 0x8000_0003, 0x0200_0000, 0x0300_0000, 0x0200_0040, 0x8100_0001, 0x4000_0007, 0x0100_0001, 0
        }) {
            both.refuse(save(new Handle(handle)));
        }
        both.succeed(CREATE_NULL_PRIMARY);
        both.refuse(save(FIRST_OBJECT).password(""));
        both.refuse(save(FIRST_OBJECT).parameters("00"));
        both.succeed(START_POLICY_SESSION);
        both.refuse(save(new Handle(0x0200_0000)));
        both.succeed(save(FIRST_POLICY_SESSION));
        both.refuse(save(FIRST_POLICY_SESSION));
    }

    @SameAsSwtpm
    void loadsAndRefusesLikeSwtpm(TpmPair both) {
        both.succeed(CREATE_NULL_PRIMARY);
        both.succeed(START_POLICY_SESSION);
        for (Handle handle : new Handle[] {FIRST_OBJECT, FIRST_POLICY_SESSION}) {
            assertEquals(codesOfLoad(both.swtpm(), handle), codesOfLoad(both.ours(), handle));
        }
    }

    /** What is answered to the context of {@code handle}, damaged at many octets, cut off, as it was, and once more. */
    private static List<String> codesOfLoad(TpmClient tpm, Handle handle) {
        Bytes context = tpm.send(save(handle)).parameters();
        List<Bytes> contexts = new ArrayList<>();
        for (int at = 0; at < context.size(); at += at < HEAD ? 1 : 7) {
            for (int change : new int[] {0x01, 0x80, 0xff}) {
                byte[] changed = context.toArray();
                changed[at] ^= (byte) change;
                contexts.add(Bytes.wrap(changed));
            }
            contexts.add(context.slice(0, at));
        }
        contexts.add(context.then(Bytes.zeros(1)));
        contexts.add(context);
        contexts.add(context);
        List<String> codes = new ArrayList<>();
        for (Bytes each : contexts) {
            codes.add(tpm.send(load(each)).code().toString());
        }
        return codes;
    }
}
