package org.jswtpm.engine.tpm2.command.object;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createAndLoad;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.readPublic;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;

class ReadPublicTest {
    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    @Test
    void answersReferenceForAnEmptySlot() {
        tpm.send(readPublic(new Handle(0x8000_0000))).hasCode(TpmRc.REFERENCE_H0);
    }

    @Test
    void answersValueForWhatIsNoObject() {
        tpm.send(readPublic(Handle.OWNER)).hasCode(TpmRc.VALUE.handle(1));
        tpm.send(readPublic(new Handle(0x8000_0003))).hasCode(TpmRc.VALUE.handle(1));
    }

    @Test
    void namesFollowFromAreasAndAncestors() {
        Handle parent =
                tpm.send(createPrimary(Handle.NULL, ObjectRequests.ECC_STORAGE)).handle();
        Handle child = createAndLoad(tpm, parent, ObjectRequests.SEALED, "", "00");
        Bytes parentQualified = assertNames(parent, Handle.NULL.asName());
        assertNames(child, parentQualified);
    }

    private Bytes assertNames(Handle object, Bytes parentQualifiedName) {
        WireReader in = tpm.send(readPublic(object)).read();
        Bytes name = nameOver(in.sized2(0xffff));
        assertEquals(name, in.sized2(34));
        Bytes qualifiedName = nameOver(parentQualifiedName.then(name));
        assertEquals(qualifiedName, in.sized2(34));
        return qualifiedName;
    }

    private static Bytes nameOver(Bytes octets) {
        return Bytes.hex("000b").then(Bytes.wrap(Hasher.digest(Digest.SHA256, octets.toArray())));
    }

    @SameAsSwtpm
    void tellsWhatSwtpmTells(TpmPair both) {
        TpmPair same = both.onStateOfSwtpm();
        for (String template : new String[] {
            ObjectRequests.ECC_STORAGE, ObjectRequests.SYM_STORAGE, ObjectRequests.HMAC_KEY, ObjectRequests.DERIVATION
        }) {
            for (Handle hierarchy : new Handle[] {Handle.OWNER, Handle.ENDORSEMENT, Handle.PLATFORM}) {
                Handle key = same.make(createPrimary(hierarchy, template));
                same.succeed(readPublic(key)).isIdentical();
                same.refuse(readPublic(key).parameters("00"));
                same.refuse(readPublic(key).password(""));
                same.succeed(flush(key));
                same.refuse(readPublic(key));
            }
        }
        Handle sequence =
                same.make(TestCommand.of(CommandCode.HASH_SEQUENCE_START).parameters("0000 000b"));
        same.refuse(readPublic(sequence));
        for (int handle : new int[] {0x8000_0001, 0x8000_0003, 0x8100_0001, 0x4000_0001, 0x0100_0001, 0}) {
            same.refuse(readPublic(new Handle(handle)));
        }
    }
}
