package org.jswtpm.engine.tpm2.command.object;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createLoaded;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.load;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.readPublic;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.unseal;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests.Created;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CreateLoadedTest {
    /** Label "ab", context "c"; in place of the unique field. */
    private static final String DERIVE = "0002 6162 0001 63";

    private static final List<String> DERIVED = List.of(
            "0023 000b 00040452 0000 0010 0018 000b 0003 0010" + DERIVE,
            "0023 000c 00020452 0000 0010 0010 0004 0010" + DERIVE,
            "0023 000b 00040452 0000 0010 0018 000b 0005 0010 0000 0000",
            "0008 000b 00040452 0000 0005 000b" + DERIVE,
            "0008 000d 00040452 0000 0005 0004" + DERIVE,
            "0008 000b 00000452 0000 0010" + DERIVE,
            "0025 000b 00060452 0000 0006 0100 0043" + DERIVE,
            "0025 000b 00060452 0000 0003 0080 0043" + DERIVE);

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private Handle parent(String template) {
        return tpm.send(createPrimary(Handle.OWNER, template)).handle();
    }

    @Test
    void givesAPrimaryObjectAsCreatePrimaryDoes() {
        Answer primary = tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE, "01", "02"));
        Answer loaded = tpm.send(createLoaded(Handle.OWNER, ObjectRequests.ECC_STORAGE, "01", "02"));
        assertEquals(
                tpm.send(readPublic(primary.handle())).octets(),
                tpm.send(readPublic(loaded.handle())).octets());
        WireReader in = loaded.read();
        assertEquals(0, in.sized2(0xffff).size());
    }

    @Test
    void givesAnOrdinaryObjectWithItsPrivateArea() {
        Handle parent = parent(ObjectRequests.ECC_STORAGE);
        Answer loaded = tpm.send(createLoaded(parent, ObjectRequests.SEALED, "01", "c0ffee"));
        tpm.send(unseal(loaded.handle(), "01")).hasParameters("0003 c0ffee");
        Handle again = tpm.send(load(parent, Created.of(loaded))).handle();
        assertEquals(
                tpm.send(readPublic(loaded.handle())).octets(),
                tpm.send(readPublic(again)).octets());
    }

    @Test
    void derivesTheSameObjectFromTheSameLabels() {
        Handle parent = parent(ObjectRequests.DERIVATION);
        String template = "0023 000b 00040452 0000 0010 0018 000b 0003 0010";
        Answer inTemplate = tpm.send(createLoaded(parent, template + DERIVE, "", ""));
        tpm.send(flush(inTemplate.handle())).isSuccess();
        Answer inSensitive = tpm.send(createLoaded(parent, template + "0000 0000", "", DERIVE));
        assertEquals(inTemplate.octets(), inSensitive.octets());
        tpm.send(flush(inTemplate.handle())).isSuccess();
        // What the template says counts more.
        Answer inBoth = tpm.send(createLoaded(parent, template + DERIVE, "", "0001 7a 0001 7a"));
        assertEquals(inTemplate.octets(), inBoth.octets());
    }

    record Fault(String name, String parent, String template, String auth, String data, TpmRc answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault("no parent", ObjectRequests.ECC_SIGN, "", "", "", TpmRc.TYPE.handle(1)),
                ordinary("empty template", "", TpmRc.INSUFFICIENT),
                ordinary("template that is cut", "0023 000b 00040472", TpmRc.INSUFFICIENT),
                ordinary("more than a template", ObjectRequests.ECC_SIGN + "00", TpmRc.SIZE),
                ordinary("no Name algorithm", "0023 0010", TpmRc.HASH),
                ordinary("attributes", "0023 000b 00040462 0000 0010 0018 000b 0003 0010 0000 0000", TpmRc.ATTRIBUTES),
                new Fault(
                        "auth value before attributes",
                        ObjectRequests.ECC_STORAGE,
                        "0023 000b 00040462 0000 0010 0018 000b 0003 0010 0000 0000",
                        "01".repeat(33),
                        "",
                        TpmRc.SIZE.parameter(1)),
                derived(
                        "RSA",
                        "0001 000b 00040452 0000 0010 0014 000b 0800 00000000 0000 0000",
                        "",
                        TpmRc.TYPE.parameter(2)),
                derived(
                        "sensitiveDataOrigin",
                        "0023 000b 00040472 0000 0010 0018 000b 0003 0010 0000 0000",
                        "",
                        TpmRc.ATTRIBUTES),
                derived(
                        "without fixedParent",
                        "0023 000b 00040440 0000 0010 0018 000b 0003 0010 0000 0000",
                        "",
                        TpmRc.ATTRIBUTES.parameter(2)),
                derived(
                        "storage key",
                        "0023 000b 00030452 0000 0006 0080 0043 0010 0003 0010 0000 0000",
                        "",
                        TpmRc.SYMMETRIC.parameter(2)),
                derived(
                        "label too long",
                        "0023 000b 00040452 0000 0010 0018 000b 0003 0010 0021" + "00".repeat(33) + "0000",
                        "",
                        TpmRc.SIZE.parameter(2)),
                derived("labels that are cut", DERIVED.get(0), "0001", TpmRc.INSUFFICIENT),
                derived("label of the caller too long", DERIVED.get(0), "0021", TpmRc.SIZE));
    }

    private static Fault ordinary(String name, String template, TpmRc answer) {
        return new Fault(name, ObjectRequests.ECC_STORAGE, template, "", "", answer.parameter(2));
    }

    private static Fault derived(String name, String template, String data, TpmRc answer) {
        return new Fault(name, ObjectRequests.DERIVATION, template, "", data, answer);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void answersFault(Fault fault) {
        tpm.send(createLoaded(parent(fault.parent), fault.template, fault.auth, fault.data))
                .hasCode(fault.answer);
    }

    @SameAsSwtpm
    void faultsAreAnsweredLikeSwtpm(TpmPair both) {
        for (Fault fault : faults().toList()) {
            Handle parent =
                    both.ours().send(createPrimary(Handle.OWNER, fault.parent)).handle();
            both.swtpm().send(createPrimary(Handle.OWNER, fault.parent)).isSuccess();
            both.send(createLoaded(parent, fault.template, fault.auth, fault.data))
                    .isIdentical();
            both.send(flush(parent)).isIdentical();
        }
    }

    @SameAsSwtpm
    void derivesWhatSwtpmDerives(TpmPair both) {
        Tpm2Fixture ours = both.oursOnStateOfSwtpm();
        for (String scheme : new String[] {"0004", "000b", "000c", "000d"}) {
            String template = ObjectRequests.DERIVATION.replace("000a 000b", "000a " + scheme);
            Handle parent = ours.send(createPrimary(Handle.OWNER, template)).handle();
            both.swtpm().send(createPrimary(Handle.OWNER, template)).isSuccess();
            for (String child : DERIVED) {
                Answer expected = both.swtpm().send(createLoaded(parent, child, "", ""));
                Answer actual = ours.send(createLoaded(parent, child, "", ""));
                assertEquals(expected.octets(), actual.octets(), child);
                both.swtpm().send(flush(expected.handle())).isSuccess();
                ours.send(flush(expected.handle())).isSuccess();
            }
            ours.send(flush(parent)).isSuccess();
            both.swtpm().send(flush(parent)).isSuccess();
        }
    }
}
