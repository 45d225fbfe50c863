package org.jswtpm.engine.tpm2.state;

/** The structures of a state that begin with a header. */
enum StateBlock {
    PERSISTENT_ALL(0xAB36_4723, 4, 3, 3),
    PA_COMPILE_CONSTANTS(0xC9EA_6431, 3, 3, 1),
    PERSISTENT_DATA(0x1221_3443, 5, 4, 4),
    PCR_POLICY(0x176B_E626, 2, 2, 1),
    ORDERLY_DATA(0x5665_7887, 2, 2, 1),
    DRBG_STATE(0x6FE8_3EA1, 2, 2, 1),
    STATE_RESET_DATA(0x0110_2332, 4, 4, 4),
    STATE_CLEAR_DATA(0x9889_7667, 2, 2, 1),
    PCR_SAVE(0x7372_EABC, 2, 2, 1),
    PCR_AUTHVALUE(0x6BE8_2EAF, 2, 2, 1),
    INDEX_ORDERLY_RAM(0x5346_FEAB, 2, 2, 1),
    USER_NVRAM(0x094F_22C3, 2, 2, 1),
    NV_INDEX(0x2547_265A, 2, 2, 1),
    ANY_OBJECT(0xFE9A_3974, 2, 2, 1),
    OBJECT(0x75BE_73AF, 4, 3, 3),
    PRIVATE_EXPONENT_T(0x0854_EAB2, 2, 2, 1),
    BN_PRIME_T(0x2FE7_36AB, 2, 2, 1),
    HASH_OBJECT(0xB874_FE38, 3, 3, 1),
    HASH_STATE(0x5628_78A2, 2, 2, 1),
    ANY_HASH_STATE(0x349D_494B, 2, 2, 1),
    HASH_STATE_SHA1(0x19D4_6F50, 2, 2, 1),
    HASH_STATE_SHA256(0x6EA0_59D0, 2, 2, 1),
    HASH_STATE_SHA384(0x1481_4B08, 2, 2, 1),
    HASH_STATE_SHA512(0x269E_8AE0, 2, 2, 1),
    VOLATILE_STATE(0x4563_7889, 4, 4, 1),
    PCR(0xE95F_0387, 2, 2, 1),
    SESSION_SLOT(0x3664_AEBC, 2, 2, 1),
    SESSION(0x44BE_9F45, 2, 2, 1);

    private final int magic;
    private final int newest;
    private final int written;
    private final int minWritten;

    /**
     * @param magic what marks it
     * @param newest the newest version that is known; it can be read when a state asks for a reader of that version
     * @param written the version that is written for the null profile
     * @param minWritten the version that a reader of this must know
     */
    StateBlock(int magic, int newest, int written, int minWritten) {
        this.magic = magic;
        this.newest = newest;
        this.written = written;
        this.minWritten = minWritten;
    }

    int magic() {
        return magic;
    }

    int newest() {
        return newest;
    }

    int written() {
        return written;
    }

    int minWritten() {
        return minWritten;
    }
}
