package org.jswtpm.engine.tpm2.command.hash;

import static org.jswtpm.engine.tpm2.command.hash.HashRequests.NULL;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.SHA_1;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.SHA_256;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.hash;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashTest {
    private static final String NO_TICKET = "8024 40000007 0000";

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    /** "abc", as in FIPS 180-4's examples. */
    @ParameterizedTest
    @CsvSource({
        "0004, a9993e364706816aba3e25717850c26c9cd0d89d",
        "000b, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "000c, cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
        "000d, ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
    })
    void hashes(String algorithm, String digest) {
        String size = "00%02x".formatted(digest.length() / 2);
        tpm.send(hash("616263", algorithm, Handle.NULL)).hasParameters(size + digest + NO_TICKET);
    }

    @Test
    void refusesInTheOrderOfTheParameters() {
        tpm.send(hash("00".repeat(1025), NULL, new Handle(1))).hasCode(TpmRc.SIZE.parameter(1));
        tpm.send(hash("00", NULL, new Handle(1))).hasCode(TpmRc.HASH.parameter(2));
        tpm.send(hash("00", SHA_1, new Handle(1))).hasCode(TpmRc.VALUE.parameter(3));
        tpm.send(hash("00", SHA_1, Handle.LOCKOUT)).hasCode(TpmRc.VALUE.parameter(3));
    }

    @Test
    void givesATicketForDataThatAreNotTheTpmsOwn() {
        assertEquals(Handle.OWNER, ticketOf("ff544346", Handle.OWNER));
        assertEquals(Handle.PLATFORM, ticketOf("ff5443", Handle.PLATFORM));
        assertEquals(Handle.NULL, ticketOf("ff54434700", Handle.OWNER));
    }

    private Handle ticketOf(String data, Handle hierarchy) {
        WireReader in = tpm.send(hash(data, SHA_256, hierarchy)).read();
        in.sized2(32);
        assertEquals(0x8024, in.uint16());
        Handle of = Handle.unmarshal(in);
        assertEquals(of.equals(Handle.NULL) ? 0 : 64, in.uint16(), "octets of the ticket");
        return of;
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        both.send(hash("", SHA_1, Handle.NULL)).isIdentical();
        both.send(hash("ff54434700", SHA_256, Handle.OWNER)).isIdentical();
        both.send(hash("00", NULL, Handle.NULL)).isIdentical();
        both.send(hash("00", SHA_1, new Handle(1))).isIdentical();
        both.send(hash("00".repeat(1024), SHA_256, Handle.NULL)).isIdentical();
        both.send(hash("00".repeat(1025), SHA_256, Handle.NULL)).isIdentical();
    }
}
