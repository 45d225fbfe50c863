package org.jswtpm.tools.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":[],\"b\":{}}",
                "{\"Name\":\"custom:x\",\"n\":12,\"t\":true,\"f\":false,\"z\":null,\"l\":[1,\"2x\",[3]]}",
                "{\"quoted\":\"a\\\"b\\\\c\\u0001\"}"
            })
    void writesWhatItReads(String text) throws Exception {
        assertEquals(text, JsonText.of(Json.object(text)));
    }

    @Test
    void skipsSpaceAndReadsEscapes() throws Exception {
        assertEquals(
                "b/\n\u00e9", Json.object(" { \"a\" : \"b\\/\\n\\u00e9\" } \n").get("a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":\"b",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12",
                "{\"a\":nul}",
                "{} x",
                "{a:1}"
            })
    void refusesWhatIsNoObject(String text) {
        assertThrows(SetupException.class, () -> Json.object(text));
    }

    @Test
    void refusesDepth() {
        assertThrows(SetupException.class, () -> Json.object("{\"a\":" + "[".repeat(100_000)));
    }
}
