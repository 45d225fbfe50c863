package org.jswtpm.server;

import static org.jswtpm.server.ControlChannelContract.BAD_ORDINAL;
import static org.jswtpm.server.ControlChannelContract.BAD_PARAMETER;
import static org.jswtpm.server.ControlChannelContract.INIT;
import static org.jswtpm.server.ControlChannelContract.IO_ERROR;
import static org.jswtpm.server.ControlChannelContract.STOP;
import static org.jswtpm.server.ControlChannelContract.SUCCESS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketPair;

/** Descriptors that come with messages of the control channel: after each, the process holds what it uses and no more. */
class DescriptorIT {
    private static final String SET_DATA_FD = "00000010";
    private static final String COMMAND = "80010000000c0000017b0020";
    private static final String ECHO = "80010000001700000000" + "00" + COMMAND;

    @TempDir
    Path directory;

    private ScriptedProcess daemon;
    private Path passed;
    private FileInputStream file;
    private Wire ctrl;

    @BeforeEach
    void start() throws Exception {
        passed = Files.createFile(directory.resolve("passed"));
        file = new FileInputStream(passed.toFile());
        daemon = ScriptedProcess.start(directory);
        ctrl = Wire.connect(daemon.ctrl());
    }

    @AfterEach
    void end() throws Exception {
        ctrl.close();
        file.close();
        daemon.close();
    }

    /** How many descriptors of the daemon are of the file that is passed. */
    private int held() throws IOException {
        int count = 0;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(daemon.descriptors())) {
            for (Path each : descriptors) {
                count += isOfPassedFile(each) ? 1 : 0;
            }
        }
        return count;
    }

    private boolean isOfPassedFile(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).equals(passed.toRealPath());
        } catch (NoSuchFileException e) {
            // closed since it was listed
            return false;
        }
    }

    private FileDescriptor[] files(int count) throws IOException {
        FileDescriptor[] all = new FileDescriptor[count];
        Arrays.fill(all, file.getFD());
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 60, 61, 100, 253})
    void whatIsNoSocketIsRefusedAndClosed(int count) throws Exception {
        for (int i = 0; i < 3; i++) {
            assertEquals(BAD_PARAMETER, ctrl.askWithDescriptors(SET_DATA_FD, files(count), 4));
            assertEquals(0, held());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 61, 253})
    void theFirstOfManyIsTheDataChannel(int count) throws Exception {
        AFUNIXSocketPair<AFUNIXSocketChannel> pair = AFUNIXSocketPair.open();
        FileDescriptor theirs = ((AFUNIXSocket) pair.getSocket1().socket()).getFileDescriptor();
        FileDescriptor[] all = files(count);
        all[0] = theirs;
        assertEquals(SUCCESS, ctrl.askWithDescriptors(SET_DATA_FD, all, 4));
        new FileOutputStream(theirs).close();
        assertEquals(0, held());
        try (Wire data = Wire.of(pair.getSocket2())) {
            assertEquals(SUCCESS, ctrl.ask(INIT, 4));
            assertEquals(ECHO, data.command(COMMAND));
            assertEquals(IO_ERROR, ctrl.askWithDescriptors(SET_DATA_FD, files(count), 4));
            assertEquals(0, held());
            assertEquals(ECHO, data.command(COMMAND));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60, 61, 253})
    void thoseOfOtherRequestsAreClosed(int count) throws Exception {
        assertEquals(SUCCESS, ctrl.askWithDescriptors(STOP, files(count), 4));
        assertEquals(SUCCESS, ctrl.askWithDescriptors("00000005 00", files(count), 4));
        assertEquals(BAD_ORDINAL, ctrl.askWithDescriptors("000000ff", files(count), 4));
        assertEquals(BAD_PARAMETER, ctrl.askWithDescriptors("0000000d 00000000 00000009 00000001 00", files(count), 4));
        assertEquals(0, held());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 61, 253})
    void thoseOfEachPieceOfARequestAreClosed(int count) throws Exception {
        for (String piece : new String[] {"00", "0000", "0d 00000000 00000009", "00002000"}) {
            ctrl.sendWithDescriptors(piece, files(count));
        }
        ctrl.sendWithDescriptors("ab".repeat(0x1000), files(count));
        assertEquals(BAD_PARAMETER, ctrl.askWithDescriptors("cd".repeat(0x1000), files(count), 4));
        assertEquals(0, held());

        assertEquals(SUCCESS, ctrl.ask(INIT, 4));
        ctrl.sendWithDescriptors("00000007 00002000", files(count));
        ctrl.sendWithDescriptors("ab".repeat(0x1000), files(count));
        assertEquals(SUCCESS, ctrl.askWithDescriptors("cd".repeat(0x1000), files(count), 4));
        assertEquals(0, held());
    }

    @Test
    void aDescriptorWithTheFirstOctetIsThatOfTheRequest() throws Exception {
        AFUNIXSocketPair<AFUNIXSocketChannel> pair = AFUNIXSocketPair.open();
        FileDescriptor theirs = ((AFUNIXSocket) pair.getSocket1().socket()).getFileDescriptor();
        ctrl.sendWithDescriptors("00", theirs);
        assertEquals(SUCCESS, ctrl.ask("000010", 4));
        new FileOutputStream(theirs).close();
        try (Wire data = Wire.of(pair.getSocket2())) {
            assertEquals(SUCCESS, ctrl.ask(INIT, 4));
            assertEquals(ECHO, data.command(COMMAND));
        }
    }
}
