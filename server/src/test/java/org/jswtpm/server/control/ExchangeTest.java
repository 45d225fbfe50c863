package org.jswtpm.server.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    private static final Patience NONE = new Patience(0, 0, 0);
    private static final Patience ENDLESS = new Patience(Long.MAX_VALUE, Long.MAX_VALUE, 0);

    private final ByteBuffer octets = ByteBuffer.allocate(100);

    @Test
    void givesUpWhoDoesNotReadItsAnswer() {
        Exchange exchange = new Exchange(new ScriptedConnection(40), NONE);

        assertThrows(IOException.class, () -> exchange.send(octets));
        assertEquals(60, octets.remaining());
    }

    @Test
    void givesUpWhoseRequestStopsInItsMiddle() throws IOException {
        Exchange exchange = new Exchange(new ScriptedConnection(0), NONE);

        assertFalse(exchange.awaitMore(octets, exchange.request()));
        assertFalse(exchange.awaitMore(octets, exchange.transfer()));
    }

    @Test
    void waitsNoLongerForWhoIsGivenUp() throws IOException {
        Exchange exchange = new Exchange(new ScriptedConnection(0), ENDLESS);
        exchange.giveUp();

        assertFalse(exchange.awaitMore(octets, exchange.transfer()));
        assertThrows(IOException.class, () -> exchange.send(octets));
    }
}
