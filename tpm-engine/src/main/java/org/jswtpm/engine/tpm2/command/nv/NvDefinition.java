package org.jswtpm.engine.tpm2.command.nv;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.HIERARCHY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;

import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.NvAttributes;
import org.jswtpm.engine.tpm2.structure.NvPublic;
import org.jswtpm.engine.tpm2.structure.NvType;
import org.jswtpm.engine.tpm2.structure.TpmRc;

/**
 * What TPM2_NV_DefineSpace asks of a public area (Part 3, 31.3.1), in the order of libtpms' NvDefineSpace().
 *
 * @param authHandle who defines the Index: owner or platform
 * @param area the public area
 */
record NvDefinition(Handle authHandle, NvPublic area) {
    private static final int AUTH_HANDLE = 1;
    private static final int AUTH = 1;
    private static final int PUBLIC_INFO = 2;
    private static final int UINT64_SIZE = 8;
    private static final int LOCKED_OR_WRITTEN =
            NvAttributes.WRITTEN | NvAttributes.WRITELOCKED | NvAttributes.READLOCKED;
    private static final int READERS =
            NvAttributes.OWNERREAD | NvAttributes.PPREAD | NvAttributes.AUTHREAD | NvAttributes.POLICYREAD;
    private static final int WRITERS =
            NvAttributes.OWNERWRITE | NvAttributes.PPWRITE | NvAttributes.AUTHWRITE | NvAttributes.POLICYWRITE;

    /** MAX_NV_BUFFER_SIZE: what one command can write. */
    static final int MAX_BUFFER_SIZE = 1024;

    void check(int authSize, boolean platformNvEnabled) {
        int nameSize = area.nameAlg().digestSize();
        int policySize = area.authPolicy().size();
        TpmRc.check(policySize == 0 || policySize == nameSize, SIZE.parameter(PUBLIC_INFO));
        TpmRc.check(authSize <= nameSize, SIZE.parameter(AUTH));
        TpmRc.check(!authHandle.equals(Handle.PLATFORM) || platformNvEnabled, HIERARCHY.handle(AUTH_HANDLE));
        checkType(nameSize);
        checkAttributes();
    }

    private void checkType(int nameSize) {
        NvAttributes attributes = area.attributes();
        NvType type = attributes.type();
        require(type != null);
        int size = area.dataSize();
        boolean fits = switch (type) {
            case ORDINARY -> true;
            case EXTEND -> size == nameSize;
            case COUNTER, BITS, PIN_FAIL, PIN_PASS -> size == UINT64_SIZE;
        };
        TpmRc.check(fits, SIZE.parameter(PUBLIC_INFO));
        require(type != NvType.COUNTER || !attributes.has(NvAttributes.CLEAR_STCLEAR));
        require(type != NvType.PIN_FAIL || attributes.has(NvAttributes.NO_DA));
        // its auth value counts only once the Index is written, so that it could never be written with it
        require(!attributes.isPinCounted()
                || !attributes.has(NvAttributes.AUTHWRITE | NvAttributes.GLOBALLOCK | NvAttributes.WRITEDEFINE));
    }

    private void checkAttributes() {
        NvAttributes attributes = area.attributes();
        boolean byPlatform = authHandle.equals(Handle.PLATFORM);
        require(!attributes.has(LOCKED_OR_WRITTEN));
        require(attributes.has(READERS));
        require(attributes.has(WRITERS));
        require(!attributes.has(NvAttributes.CLEAR_STCLEAR) || !attributes.has(NvAttributes.WRITEDEFINE));
        TpmRc.check(attributes.isPlatformCreated() == byPlatform, ATTRIBUTES.handle(AUTH_HANDLE));
        require(!attributes.has(NvAttributes.POLICY_DELETE) || byPlatform);
        TpmRc.check(
                area.dataSize() <= MAX_BUFFER_SIZE || !attributes.has(NvAttributes.WRITEALL),
                SIZE.parameter(PUBLIC_INFO));
    }

    private static void require(boolean condition) {
        TpmRc.check(condition, ATTRIBUTES.parameter(PUBLIC_INFO));
    }
}
