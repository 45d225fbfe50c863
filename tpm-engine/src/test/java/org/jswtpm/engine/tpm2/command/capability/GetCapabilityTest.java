package org.jswtpm.engine.tpm2.command.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.CommandSet;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GetCapabilityTest {
    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand getCapability(int capability, int property, int count) {
        return TestCommand.of(CommandCode.GET_CAPABILITY)
                .parameters(HexFormat.of().toHexDigits(capability)
                        + HexFormat.of().toHexDigits(property)
                        + HexFormat.of().toHexDigits(count));
    }

    private void define(int handle, String attributes, int size) {
        tpm.send(TestCommand.of(CommandCode.NV_DEFINE_SPACE)
                        .handle(Handle.OWNER)
                        .password("")
                        .parameters("0000 000e")
                        .parameters(HexFormat.of().toHexDigits(handle) + "000b" + attributes + "0000")
                        .parameters(HexFormat.of().toHexDigits((short) size)))
                .isSuccess();
    }

    private long property(int property) {
        WireReader in = tpm.send(getCapability(6, property, 1)).read();
        in.skip(1 + 4);
        assertEquals(1, in.uint32(), "elements");
        assertEquals(property, in.uint32());
        return in.unsigned32();
    }

    @ParameterizedTest
    @CsvSource({
        // capability, property, handle or parameter of the fault
        "0x100, 0, 1c4", "0xb, 0, 1c4", "0xffffffff, 0, 1c4", "1, 0x90000000, 2cb", "1, 0x41000000, 2cb",
        "5, 1, 2c4", "9, 0x41000000, 2c4", "9, 0, 2c4", "10, 0x4000010f, 2c4", "10, 0x40000120, 2c4"
    })
    void refuses(String capability, String property, String code) {
        tpm.send(getCapability(
                        Long.decode(capability).intValue(),
                        Long.decode(property).intValue(),
                        1))
                .hasCode(new TpmRc(Integer.parseInt(code, 16)));
    }

    @Test
    void refusesTrailingOctets() {
        tpm.send(getCapability(0, 0, 1).parameters("00")).hasCode(TpmRc.SIZE);
    }

    /** The answers of swtpm with libtpms 0.11 and the null profile, recorded. */
    @ParameterizedTest
    @CsvSource({
        "0, 5, 3, 01 00000000 00000003 0005 00000104 0006 00000002 0007 00000404",
        "1, 0x40000005, 4, 01 00000001 00000004 40000007 40000009 4000000a 4000000b",
        "1, 22, 10, 00 00000001 00000002 00000016 00000017",
        "2, 0x20000000, 3, 00 00000002 00000000",
        "2, 0x40000000, 3, 00 00000002 00000000",
        "3, 0, 10, 00 00000003 00000001 0000012d",
        "4, 0, 10, 00 00000004 00000001 00000140",
        "5, 0, 0, 01 00000005 00000000",
        "5, 0, 1, 00 00000005 00000004 0004 03 ffffff 000b 03 ffffff 000c 03 ffffff 000d 03 ffffff",
        "6, 0, 2, 01 00000006 00000002 00000100 322e3000 00000101 00000000",
        "6, 0x300, 5, 00 00000006 00000000",
        "7, 9, 100, 00 00000007 00000006 00000009 03 ffff87 0000000a 03 00007e 00000011 03 0000e1"
                + " 00000012 03 00007e 00000013 03 000000 00000014 03 000000",
        "8, 0xffff0004, 3, 01 00000008 00000003 0004 0005 0010",
        "9, 0x40000002, 100, 00 00000009 00000003 4000000a 0010 4000000b 0010 4000000c 0010",
        "10, 0x40000110, 16, 00 0000000a 00000000"
    })
    void answersWith(int capability, String property, int count, String answer) {
        tpm.send(getCapability(capability, Long.decode(property).intValue(), count))
                .hasParameters(answer);
    }

    @Test
    void givesThePropertiesOfLibtpms() {
        tpm.send(getCapability(6, 0x100, 100))
                .hasParameters("00 00000006 00000030"
                        + "00000100 322e3000 00000101 00000000 00000102 000000b7 00000103 00000019 00000104 000007e8"
                        + "00000105 49424d00 00000106 53572020 00000107 2054504d 00000108 00000000 00000109 00000000"
                        + "0000010a 00000001 0000010b 20240125 0000010c 00120000 0000010d 00000400 0000010e 00000003"
                        + "0000010f 00000007 00000110 00000003 00000111 00000040 00000112 00000018 00000113 00000003"
                        + "00000114 0000ffff 00000116 00000000 00000117 00000800 00000118 00000006 00000119 00001000"
                        + "0000011a 0000000d 0000011b 00000006 0000011c 00000100 0000011d 000000ff 0000011e 00001000"
                        + "0000011f 00001000 00000120 00000040 00000121 00000d4c 00000122 00000194 00000123 00000001"
                        + "00000124 00000000 00000125 00000106 00000126 00000019 00000127 000007e8 00000128 00000080"
                        + "00000129 " + HexFormat.of().toHexDigits(CommandCapability.count(CommandSet.nullProfile()))
                        + "0000012a " + HexFormat.of().toHexDigits(CommandCapability.count(CommandSet.nullProfile()))
                        + "0000012b 00000000 0000012c 00000400 0000012d 00000000 0000012e 00000400 0000012f 0000000a"
                        + "00000130 000000ff");
        tpm.send(getCapability(6, 0x200, 100))
                .hasParameters("00 00000006 00000015"
                        + "00000200 00000400 00000201 8000000f 00000202 00000000 00000203 00000000 00000204 00000003"
                        + "00000205 00000000 00000206 00000040 00000207 00000003 00000208 00000000 00000209 00000033"
                        + "0000020a 00000000 0000020b 00000019 0000020c 00000000 0000020d 00000008 0000020e 00000000"
                        + "0000020f 00000003 00000210 000003e8 00000211 000003e8 00000212 00000000 00000213 00000000"
                        + "00000214 00000000");
    }

    @Test
    void countsWhatIsInNv() {
        long counters = property(0x20B);
        define(0x0180_0001, "00040014", 8);
        define(0x0180_0002, "04040014", 8);
        define(0x0180_0003, "00040004", 8);
        assertEquals(3, property(0x202));
        assertEquals(2, property(0x20A));
        assertEquals(counters - 1, property(0x20B), "an orderly counter takes RAM");
        tpm.send(getCapability(1, 0x0180_0002, 1)).hasParameters("01 00000001 00000001 01800002");
        tpm.send(getCapability(1, 0x0100_0000, 9)).hasParameters("00 00000001 00000003 01800001 01800002 01800003");
    }

    @Test
    void tellsWhatIsSet() {
        tpm.send(TestCommand.of(CommandCode.HIERARCHY_CHANGE_AUTH)
                        .handle(Handle.OWNER)
                        .password("")
                        .parameters("0001 aa"))
                .isSuccess();
        assertEquals(0x401, property(0x200));
    }

    @Test
    void listsNoCommandThatItDoesNotHave() {
        WireReader in = tpm.send(getCapability(2, 0, 254)).read();
        in.skip(1 + 4);
        int count = in.uint32();
        for (int i = 0; i < count; i++) {
            CommandCode row = CommandCode.of(in.uint32() & 0xFFFF);
            assertTrue(CommandSet.nullProfile().isEnabled(row), row.name());
        }
        assertEquals(count, property(0x129));
    }

    static List<String> commandAttributes() throws IOException {
        try (InputStream in = GetCapabilityTest.class.getResourceAsStream("commands.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("commandAttributes")
    void describesACommandAsLibtpmsDoes(String attributes) {
        int expected = HexFormat.fromHexDigits(attributes);
        CommandCode row = CommandCode.of(expected & 0xFFFF);
        assertEquals(attributes, HexFormat.of().toHexDigits(row.attributes()));
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        Stream.of(
                        getCapability(0, 0, 200),
                        getCapability(1, 0, 200),
                        getCapability(1, 0x0100_0000, 10),
                        getCapability(1, 0x0200_0000, 10),
                        getCapability(1, 0x0300_0000, 10),
                        getCapability(1, 0x4000_0000, 10),
                        getCapability(1, 0x8000_0000, 10),
                        getCapability(1, 0x8100_0000, 10),
                        getCapability(1, 0x8200_0000, 10),
                        getCapability(3, 0, 10),
                        getCapability(4, 0, 10),
                        getCapability(5, 0, 10),
                        getCapability(8, 0, 10),
                        getCapability(9, 0x4000_0000, 10),
                        getCapability(0x100, 0, 1),
                        getCapability(6, 0x105, 6),
                        getCapability(6, 0x20E, 9))
                .forEach(command -> both.send(command).isIdentical());
    }

    @Test
    void givesAPolicyWithItsHash() {
        tpm.send(TestCommand.of(CommandCode.SET_PRIMARY_POLICY)
                        .handle(Handle.ENDORSEMENT)
                        .password("")
                        .sized(Bytes.zeros(20))
                        .parameters("0004"))
                .isSuccess();
        tpm.send(getCapability(9, 0x4000_000B, 1))
                .hasParameters("01 00000009 00000001 4000000b 0004" + "00".repeat(20));
    }
}
