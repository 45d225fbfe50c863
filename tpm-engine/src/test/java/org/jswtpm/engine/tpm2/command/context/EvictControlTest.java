package org.jswtpm.engine.tpm2.command.context;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.loadExternal;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.readPublic;
import static org.junit.jupiter.api.Assertions.assertEquals;

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

class EvictControlTest {
    private static final Handle OWNERS = new Handle(0x8100_0001);
    private static final Handle PLATFORMS = new Handle(0x8180_0001);
    private static final String ST_CLEAR = ObjectRequests.ECC_SIGN.replace("00040472", "00040476");

    /** A keyed hash object; of its unique field only the size is checked. */
    private static final String PUBLIC_ONLY = "0008 000b 00040440 0000 0005 000b 0020" + "00".repeat(32);

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand evict(Handle auth, Handle object, Handle persistent) {
        return TestCommand.of(CommandCode.EVICT_CONTROL)
                .handle(auth)
                .handle(object)
                .password("")
                .parameters(persistent.asName());
    }

    private Handle key(Handle hierarchy) {
        return tpm.send(createPrimary(hierarchy, ObjectRequests.ECC_SIGN)).handle();
    }

    @Test
    void keepsTheObjectOverAPowerCycle() {
        Handle key = key(Handle.OWNER);
        Bytes area = tpm.send(readPublic(key)).parameters();
        tpm.send(evict(Handle.OWNER, key, OWNERS)).isSuccess();
        assertEquals(area, tpm.send(readPublic(key)).parameters());
        tpm.send(flush(key)).isSuccess();
        assertEquals(area, tpm.send(readPublic(OWNERS)).parameters());
        tpm.powerOn();
        tpm.send(TestCommand.of(CommandCode.STARTUP).parameters("0000")).isSuccess();
        assertEquals(area, tpm.send(readPublic(OWNERS)).parameters());
        tpm.send(evict(Handle.OWNER, OWNERS, OWNERS)).isSuccess();
        tpm.send(readPublic(OWNERS)).hasCode(TpmRc.HANDLE.handle(1));
    }

    @Test
    void answersAttributesForWhatIsNotToLast() {
        Handle temporary = key(Handle.NULL);
        tpm.send(evict(Handle.OWNER, temporary, OWNERS)).hasCode(TpmRc.ATTRIBUTES.handle(2));
        Handle stClear = tpm.send(createPrimary(Handle.OWNER, ST_CLEAR)).handle();
        tpm.send(evict(Handle.OWNER, stClear, OWNERS)).hasCode(TpmRc.ATTRIBUTES.handle(2));
        Handle external = tpm.send(loadExternal("", PUBLIC_ONLY, Handle.OWNER)).handle();
        tpm.send(evict(Handle.OWNER, external, OWNERS)).hasCode(TpmRc.ATTRIBUTES.handle(2));
    }

    @Test
    void answersHierarchyAndRangeForWhatTheAuthorizationMayNot() {
        Handle owner = key(Handle.OWNER);
        tpm.send(evict(Handle.PLATFORM, owner, PLATFORMS)).hasCode(TpmRc.HIERARCHY.handle(2));
        tpm.send(evict(Handle.OWNER, owner, PLATFORMS)).hasCode(TpmRc.RANGE.parameter(1));
        Handle platform = key(Handle.PLATFORM);
        tpm.send(evict(Handle.OWNER, platform, OWNERS)).hasCode(TpmRc.HIERARCHY.handle(2));
        tpm.send(evict(Handle.PLATFORM, platform, OWNERS)).hasCode(TpmRc.RANGE.parameter(1));
        tpm.send(evict(Handle.OWNER, owner, new Handle(0x8000_0000))).hasCode(TpmRc.VALUE.parameter(1));
    }

    @Test
    void answersNvDefinedForAHandleInUse() {
        Handle key = key(Handle.OWNER);
        tpm.send(evict(Handle.OWNER, key, OWNERS)).isSuccess();
        tpm.send(evict(Handle.OWNER, key, OWNERS)).hasCode(TpmRc.NV_DEFINED);
    }

    @Test
    void answersHandleIfAnotherObjectIsNamed() {
        Handle key = key(Handle.OWNER);
        tpm.send(evict(Handle.OWNER, key, OWNERS)).isSuccess();
        tpm.send(evict(Handle.OWNER, OWNERS, new Handle(0x8100_0002))).hasCode(TpmRc.HANDLE.handle(2));
    }

    @Test
    void thePlatformMayRemoveTheOwnersObject() {
        tpm.send(evict(Handle.OWNER, key(Handle.OWNER), OWNERS)).isSuccess();
        tpm.send(evict(Handle.PLATFORM, OWNERS, OWNERS)).isSuccess();
        tpm.send(readPublic(OWNERS)).hasCode(TpmRc.HANDLE.handle(1));
    }

    /** Every hierarchy, with every authorization, to either range, twice. */
    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        for (Handle hierarchy : new Handle[] {Handle.OWNER, Handle.ENDORSEMENT, Handle.PLATFORM, Handle.NULL}) {
            for (String template : new String[] {ObjectRequests.ECC_SIGN, ST_CLEAR}) {
                Handle key =
                        both.ours().send(createPrimary(hierarchy, template)).handle();
                both.swtpm().send(createPrimary(hierarchy, template)).isSuccess();
                for (Handle auth : new Handle[] {Handle.OWNER, Handle.PLATFORM}) {
                    for (Handle persistent : new Handle[] {OWNERS, PLATFORMS}) {
                        both.send(evict(auth, key, persistent)).isIdentical();
                        both.send(evict(auth, key, persistent)).isIdentical();
                        both.send(evict(auth, persistent, OWNERS)).isIdentical();
                        both.send(evict(auth, persistent, PLATFORMS)).isIdentical();
                    }
                }
                both.send(flush(key)).isIdentical();
            }
        }
    }
}
