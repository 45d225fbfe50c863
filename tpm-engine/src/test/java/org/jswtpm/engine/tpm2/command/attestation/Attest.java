package org.jswtpm.engine.tpm2.command.attestation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.TpmClient;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;

/**
 * A TPMS_ATTEST as a test reads it.
 *
 * @param octets all of it
 * @param type TPM_ST
 * @param qualifiedSigner a Name
 * @param extraData what the caller added
 * @param resetCount maybe obfuscated
 * @param restartCount maybe obfuscated
 * @param safe of the clock
 * @param firmwareVersion maybe obfuscated
 * @param attested what is attested
 * @param signature the TPMT_SIGNATURE that came with it
 */
public record Attest(
        Bytes octets,
        int type,
        Bytes qualifiedSigner,
        Bytes extraData,
        int resetCount,
        int restartCount,
        int safe,
        long firmwareVersion,
        Bytes attested,
        Bytes signature) {
    /** What an attesting command gave. */
    public static Attest of(Answer answer) {
        WireReader parameters = answer.read();
        Bytes octets = parameters.sized2(0xffff);
        Bytes signature = parameters.bytes(parameters.remaining());
        WireReader in = WireReader.over(octets, TpmRc.WIRE_FAULTS);
        assertEquals(0xff544347, in.uint32(), "TPM_GENERATED_VALUE");
        int type = in.uint16();
        Bytes qualifiedSigner = in.sized2(0xffff);
        Bytes extraData = in.sized2(0xffff);
        in.uint64();
        return new Attest(
                octets,
                type,
                qualifiedSigner,
                extraData,
                in.uint32(),
                in.uint32(),
                in.uint8(),
                in.uint64(),
                in.bytes(in.remaining()),
                signature);
    }

    /**
     * The same with what is known openly taken off the counts and the version, and without the clock: two TPMs of one state give the
     * same, even if they were started at other times and are of other versions.
     *
     * @param tpm the TPM that gave it
     */
    public Attest relativeTo(TpmClient tpm) {
        WireReader clock = tpm.send(TestCommand.of(CommandCode.READ_CLOCK)).read();
        clock.skip(16);
        return new Attest(
                Bytes.EMPTY,
                type,
                qualifiedSigner,
                extraData,
                resetCount - clock.uint32(),
                restartCount - clock.uint32(),
                safe ^ clock.uint8(),
                firmwareVersion - firmwareVersionOf(tpm),
                attested,
                Bytes.EMPTY);
    }

    /** TPM_PT_FIRMWARE_VERSION_1 and _2. */
    public static long firmwareVersionOf(TpmClient tpm) {
        WireReader in = tpm.send(TestCommand.of(CommandCode.GET_CAPABILITY).parameters("00000006 0000010b 00000002"))
                .read();
        in.skip(1 + 4 + 4 + 4);
        long first = in.unsigned32();
        in.skip(4);
        return first << 32 | in.unsigned32();
    }
}
