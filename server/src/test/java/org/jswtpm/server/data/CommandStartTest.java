package org.jswtpm.server.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandStartTest {
    private static boolean mayBe(String hex) {
        ByteBuffer buffer = ByteBuffer.allocate(32);
        buffer.put((byte) 1).put(HexFormat.of().parseHex(hex));
        return CommandStart.mayBeAt(buffer, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "80",
                "8001",
                "8002ff",
                "00",
                "0000",
                "000000",
                "00000008",
                "0000000800",
                "00c1",
                "00c2",
                "00c3ee"
            })
    void knowsTagsAndThePrefixAsFarAsTheyGo(String hex) {
        assertEquals(true, mayBe(hex));
    }

    @ParameterizedTest
    @ValueSource(strings = {"81", "01", "8000", "8003", "00c4", "00c0", "0001", "000001", "00000009", "00000000", "ff"})
    void nothingElseBeginsACommand(String hex) {
        assertEquals(false, mayBe(hex));
    }
}
