package org.jswtpm.engine.tpm12.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Reply;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.Tpm12Pair;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;
import org.junit.jupiter.api.Test;

/** What happens to commands before they are anything in particular. */
class DispatcherTest {
    private static final int TSC_BASE = 0x4000_0000;
    private static final int[] TAGS = {0xC1, 0xC2, 0xC3, 0xC4, 0};

    private static byte[] command(int tag, int ordinal, Bytes rest) {
        WireWriter out = new WireWriter();
        out.uint16(tag).uint32(10 + rest.size()).uint32(ordinal).bytes(rest);
        return out.toArray();
    }

    private static void sendAll(Tpm12Client tpm, int ordinal, List<String> answers) {
        for (int tag : TAGS) {
            for (int size : new int[] {0, 4, 45, 90}) {
                Reply reply = Reply.of(tpm.exchange(command(tag, ordinal, Bytes.zeros(size))));
                answers.add(Integer.toHexString(ordinal) + " " + Integer.toHexString(tag) + " " + size + ": "
                        + reply.tag() + " " + reply.code());
            }
        }
    }

    /** Every number that could be an ordinal, with every tag, and zeros behind it. */
    @SameAsSwtpm12
    void answersEveryOrdinalLikeSwtpm(Tpm12Pair both) {
        List<String> ours = new ArrayList<>();
        List<String> theirs = new ArrayList<>();
        for (int ordinal = 0; ordinal < 0x100; ordinal++) {
            sendAll(both.ours(), ordinal, ours);
            sendAll(both.swtpm(), ordinal, theirs);
        }
        for (int ordinal = TSC_BASE; ordinal < TSC_BASE + 0x10; ordinal++) {
            sendAll(both.ours(), ordinal, ours);
            sendAll(both.swtpm(), ordinal, theirs);
        }
        assertEquals(String.join("\n", theirs), String.join("\n", ours));
    }

    /** TPM_Init is there, but nobody can start the TPM with it; the answers are those of swtpm 0.7.1. */
    @Test
    void initIsNoCommand() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        Request extend = Request.of(Ordinal.EXTEND).u32(10).bytes(Bytes.zeros(20));
        Bytes pcr = tpm.send(extend).isSuccess().parameters();
        assertEquals(Bytes.hex("00c4 0000000a 0000000a"), Bytes.wrap(tpm.exchange(command(0xC1, 0x97, Bytes.EMPTY))));
        assertEquals(Bytes.hex("00c5 0000000a 0000001e"), Bytes.wrap(tpm.exchange(command(0xC2, 0x97, Bytes.EMPTY))));
        assertEquals(
                Bytes.hex("00c4 0000000a 00000019"), Bytes.wrap(tpm.exchange(command(0xC1, 0x97, Bytes.zeros(1)))));
        assertEquals(
                pcr, tpm.send(Request.of(Ordinal.PCR_READ).u32(10)).isSuccess().parameters());
    }
}
