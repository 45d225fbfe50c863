package org.jswtpm.engine.tpm12.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.util.List;
import org.jswtpm.engine.differential.Difference;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.tpm2.Swtpm;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commands of TPM 1.2, valid and damaged, to this engine and to the installed swtpm on the same state. A difference that is not
 * explained below is a bug here.
 */
@EnabledIf(value = "isSwtpmInstalled", disabledReason = "swtpm is not installed")
class DifferentialTest {
    private static final int COMMANDS = 3_000;
    private static final int MUTANTS = 2;

    /** Where the offset is in commands of NV areas. */
    private static final int OFFSET_POSITION = 14;

    static boolean isSwtpmInstalled() {
        return Files.isExecutable(Swtpm.PROGRAM);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void answersLikeSwtpm(long seed) throws Exception {
        List<Difference> unexplained = DifferentialRun.play(seed, COMMANDS, MUTANTS).stream()
                .filter(difference -> !isKnown(difference))
                .toList();
        assertEquals(List.of(), unexplained);
    }

    /** What docs/deviations.md says of it. */
    static boolean isKnown(Difference difference) {
        Ordinal ordinal = Ordinal.of(difference.commandCode());
        if (ordinal == null) {
            return false;
        }
        boolean hasGone = difference.theirs().equals(Exchange.NO_RESPONSE);
        int ourCode = difference.ourCode();
        int theirCode = difference.theirCode();
        return switch (ordinal) {
            // the row is looked into before it is known to be there
            case DELEGATE_UPDATE_VERIFICATION -> hasGone && ourCode == TpmResult.BADINDEX.value();
            // the owner's session is looked for though there is no owner
            case DELEGATE_LOAD_OWNER_DELEGATION -> hasGone && ourCode == TpmResult.AUTHFAIL.value();
            // a blob is read before its HMAC is checked
            case LOAD_CONTEXT, LOAD_KEY_CONTEXT, LOAD_AUTH_CONTEXT ->
                ourCode == TpmResult.BADCONTEXT.value() && theirCode != 0;
            // lengths and exponents of keys
            case CREATE_WRAP_KEY, CMK_CREATE_KEY, MAKE_IDENTITY, CREATE_ENDORSEMENT_KEY_PAIR, CREATE_REVOCABLE_EK ->
                ourCode == TpmResult.BAD_KEY_PROPERTY.value() && theirCode == 0;
            // an area that is there cannot be defined anew without success
            case NV_DEFINE_SPACE -> theirCode == TpmResult.FAIL.value() && ourCode != 0;
            case NV_READ_VALUE, NV_READ_VALUE_AUTH, NV_WRITE_VALUE, NV_WRITE_VALUE_AUTH ->
                ourCode == TpmResult.NOSPACE.value() && wrapsAround(difference.command());
            default -> false;
        };
    }

    /** Whether an offset and a size have a sum of more than 32 bits. */
    private static boolean wrapsAround(Bytes command) {
        WireReader in = WireReader.over(command, TpmResult.WIRE_FAULTS);
        in.skip(OFFSET_POSITION);
        return in.unsigned32() + in.unsigned32() > 0xFFFF_FFFFL;
    }
}
