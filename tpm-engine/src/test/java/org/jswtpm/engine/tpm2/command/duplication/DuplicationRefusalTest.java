package org.jswtpm.engine.tpm2.command.duplication;

import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.AES_128;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.DATA;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.ECC_KEY;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.KEY;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.NULL;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.PARENTS;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.SEALED;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.area;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.duplicate;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.imported;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.name;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.primary;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.rewrap;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.damaged;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.jswtpm.engine.tpm2.ClientSession;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmClient;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.Blob;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/** TPM2_Duplicate, TPM2_Rewrap and TPM2_Import refuse what swtpm refuses, by the same codes. */
class DuplicationRefusalTest {
    /** One octet of a request that is good is damaged, or the rest is missing; both answer the same. */
    @SameAsSwtpm
    void refusesWhatIsDamagedLikeSwtpm(TpmPair both) {
        Tpm2Fixture ours = both.oursOnStateOfSwtpm();
        Handle object = primary(ours, ECC_KEY);
        Bytes area = area(ours, object);
        for (String parent : PARENTS) {
            Importers importers =
                    new Importers(both.swtpm(), primary(both.swtpm(), parent), ours, primary(ours, parent));
            Blob blob = Blob.ofDuplicate(duplicate(ours, object, importers.ourParent, KEY, AES_128));
            Blob plain = Blob.ofDuplicate(duplicate(ours, object, Handle.NULL, "", NULL));
            Request good = new Request(KEY, area, blob.duplicate(), blob.seed(), AES_128);
            Request unprotected = new Request("", area, plain.duplicate(), Bytes.EMPTY, NULL);
            for (int at = 0; at < blob.duplicate().size(); at += 11) {
                importers.answerAlike(good.withDuplicate(damaged(good.duplicate, at)));
                importers.answerAlike(good.withDuplicate(good.duplicate.slice(0, at)));
                int inPlain = at % plain.duplicate().size();
                importers.answerAlike(unprotected.withDuplicate(damaged(unprotected.duplicate, inPlain)));
                importers.answerAlike(unprotected.withDuplicate(unprotected.duplicate.slice(0, inPlain)));
            }
            for (int at = 0; at < area.size(); at += 3) {
                importers.answerAlike(good.withArea(damaged(area, at)));
                importers.answerAlike(unprotected.withArea(damaged(area, at)));
            }
            for (int at = 0; at < blob.seed().size(); at += 16) {
                importers.answerAlike(good.withSeed(damaged(good.seed, at)));
                importers.answerAlike(good.withSeed(good.seed.slice(0, at)));
            }
            ours.send(flush(importers.ourParent)).isSuccess();
            both.swtpm().send(flush(importers.theirParent)).isSuccess();
        }
    }

    private record Request(String key, Bytes area, Bytes duplicate, Bytes seed, String cipher) {
        Request withArea(Bytes other) {
            return new Request(key, other, duplicate, seed, cipher);
        }

        Request withDuplicate(Bytes other) {
            return new Request(key, area, other, seed, cipher);
        }

        Request withSeed(Bytes other) {
            return new Request(key, area, duplicate, other, cipher);
        }

        TestCommand under(Handle parent) {
            return imported(parent, key, area, duplicate, seed, cipher);
        }
    }

    private record Importers(TpmClient swtpm, Handle theirParent, TpmClient ours, Handle ourParent) {
        /** Before 0.10 libtpms answers FAILURE to RSA ciphertext that it cannot decrypt; reserved attributes have been fewer. */
        void answerAlike(Request request) {
            TpmRc expected = swtpm.send(request.under(theirParent)).code();
            TpmRc actual = ours.send(request.under(ourParent)).code();
            if (!expected.equals(TpmRc.RESERVED_BITS.parameter(2))) {
                TpmRc wanted = expected.equals(TpmRc.FAILURE) ? TpmRc.VALUE.parameter(4) : expected;
                assertEquals(wanted, actual, request.toString());
            }
        }
    }

    @SameAsSwtpm
    void rewrapRefusesLikeSwtpm(TpmPair both) {
        Tpm2Fixture ours = both.oursOnStateOfSwtpm();
        Handle object = primary(ours, SEALED);
        Handle parent = primary(ours, ObjectRequests.ECC_STORAGE);
        Blob blob = Blob.ofDuplicate(duplicate(ours, object, parent, "", NULL));
        Bytes name = name(area(ours, object));
        primary(both.swtpm(), SEALED);
        primary(both.swtpm(), ObjectRequests.ECC_STORAGE);
        for (Handle from : new Handle[] {parent, object, Handle.NULL}) {
            for (Handle to : new Handle[] {object, Handle.NULL}) {
                for (Bytes seed :
                        new Bytes[] {Bytes.EMPTY, blob.seed(), blob.seed().slice(0, 20)}) {
                    for (Bytes bad : new Bytes[] {
                        blob.duplicate(),
                        damaged(blob.duplicate(), 40),
                        Bytes.EMPTY,
                        Bytes.hex("0041"),
                        new WireWriter().sized2(Bytes.zeros(32)).toBytes()
                    }) {
                        var command = rewrap(from, to, bad, name, seed);
                        assertEquals(
                                both.swtpm().send(command).octets(),
                                ours.send(command).octets());
                    }
                }
            }
        }
    }

    @SameAsSwtpm
    void duplicateRefusesLikeSwtpm(TpmPair both) {
        ClientSession session = both.startPolicySession();
        for (String template : List.of(
                SEALED,
                ECC_KEY,
                ECC_KEY.replace("00040460", "00040472"),
                ECC_KEY.replace("00040460", "00040c60"),
                ObjectRequests.ECC_SIGN)) {
            Handle object = both.make(createPrimary(Handle.OWNER, template, "", template.equals(SEALED) ? DATA : ""));
            for (String parentTemplate : List.of(ObjectRequests.ECC_STORAGE, ObjectRequests.SYM_STORAGE, ECC_KEY)) {
                Handle parent = both.make(createPrimary(Handle.OWNER, parentTemplate));
                for (Handle each : new Handle[] {parent, Handle.NULL, Handle.OWNER}) {
                    refuseDuplicate(both, session, object, each);
                }
                both.succeed(flush(parent));
            }
            both.succeed(flush(object));
        }
    }

    /** With everything right some are taken, too. */
    private static void refuseDuplicate(TpmPair both, ClientSession session, Handle object, Handle parent) {
        TestCommand bare = TestCommand.of(CommandCode.DUPLICATE).handle(object).handle(parent);
        both.refuse(bare.parameters("0000 0010"));
        both.refuse(bare.password("").parameters("0000 0010"));
        both.refuse(bare.session(session).parameters("0000 0010"));
        both.succeed(TestCommand.of(CommandCode.POLICY_COMMAND_CODE)
                .handle(session.handle())
                .parameters("0000014b"));
        for (String key : List.of("", "00", KEY, "00".repeat(67))) {
            for (String cipher : List.of(NULL, AES_128, "000a 000b", "0006 0100 0043", "0006 0080 0044", "0012")) {
                TpmRc code = both.send(
                                bare.session(session).sized(Bytes.hex(key)).parameters(cipher))
                        .hasSameCode()
                        .ours()
                        .code();
                if (code.equals(TpmRc.SUCCESS)) {
                    both.succeed(TestCommand.of(CommandCode.POLICY_COMMAND_CODE)
                            .handle(session.handle())
                            .parameters("0000014b"));
                }
            }
        }
        both.refuse(bare.session(session).parameters("0000 0010 00"));
        both.succeed(TestCommand.of(CommandCode.POLICY_RESTART).handle(session.handle()));
    }
}
