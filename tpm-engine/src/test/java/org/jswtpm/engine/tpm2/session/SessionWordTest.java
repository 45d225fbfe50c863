package org.jswtpm.engine.tpm2.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.TpmtSymDef;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionWordTest {
    /**
     * libtpms 0.9, and later ones below StateFormatLevel 4, set no bit for a name hash; a policy session that lost it would
     * authorize what it must not.
     */
    @ParameterizedTest
    @CsvSource({
        "00000001, 32, NAME_HASH",
        "00000001,  0, NONE",
        "00000009, 32, CP_HASH",
        "00002001, 32, TEMPLATE_HASH",
        "00004001, 32, NAME_HASH",
        "00008001, 32, PARAMETERS_HASH",
        "00000004, 34, BOUND_ENTITY",
        "00000000,  0, NONE"
    })
    void tellsWhatTheSessionIsRestrictedTo(String bits, int size, Restriction restriction) {
        int word = Integer.parseUnsignedInt(bits, 16);
        Session session = new Session(SessionWord.type(word), HashAlg.SHA256, TpmtSymDef.NULL, new byte[16]);
        SessionWord.apply(word, new byte[size], session);
        assertEquals(restriction, session.restriction());
    }
}
