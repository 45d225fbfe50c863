package org.jswtpm.server.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A TCP connection of a client to port 2321 of 127.0.0.1, by which Wireshark knows a TPM, as the blocks of a pcapng file
 * (draft-ietf-opsawg-pcapng).
 *
 * <pre>
 *  0          4        8             12     16     20       24         28
 *  | type = 6 | length | interface 0 | time (µs)   | captured | original | Ethernet IPv4 TCP message | padding | length |
 * </pre>
 */
final class Conversation {
    private static final int SECTION_HEADER = 0x0A0D_0D0A;
    private static final int BYTE_ORDER_MAGIC = 0x1A2B_3C4D;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;
    private static final int LINK_ETHERNET = 1;

    private static final int BLOCK_HEADER = 28;
    private static final int ETHERNET_HEADER = 14;
    private static final int IP_HEADER = 20;
    private static final int TCP_HEADER = 20;
    private static final int HEADERS = ETHERNET_HEADER + IP_HEADER + TCP_HEADER;

    private static final int TPM_PORT = 2321;
    private static final int FIRST_CLIENT_PORT = 50_000;
    private static final int LAST_CLIENT_PORT = 55_000;
    private static final int LOOPBACK = 0x7F00_0001;
    private static final int PROTOCOL_TCP = 6;

    private static final int FIN = 0x01;
    private static final int SYN = 0x02;
    private static final int PUSH = 0x08;
    private static final int ACK = 0x10;

    private static final byte[] NOTHING = new byte[0];

    private final boolean checksums;
    private final int clientPort;
    private int clientSequence;
    private int tpmSequence;

    Conversation(boolean checksums) {
        this.checksums = checksums;
        ThreadLocalRandom random = ThreadLocalRandom.current();
        this.clientPort = random.nextInt(FIRST_CLIENT_PORT, LAST_CLIENT_PORT);
        this.clientSequence = random.nextInt();
        this.tpmSequence = random.nextInt();
    }

    /** Section header and interface description, with which a file or an addition to one begins. */
    static byte[] fileHeader() {
        ByteBuffer header = ByteBuffer.allocate(28 + 20).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(SECTION_HEADER).putInt(28).putInt(BYTE_ORDER_MAGIC);
        header.putShort((short) 1).putShort((short) 0).putLong(-1).putInt(28);
        header.putInt(INTERFACE_DESCRIPTION).putInt(20);
        header.putShort((short) LINK_ETHERNET).putShort((short) 0).putInt(0).putInt(20);
        return header.array();
    }

    /** The three packets that open it. */
    byte[] open() {
        return exchange(SYN, SYN | ACK);
    }

    /** The three packets that close it. */
    byte[] close() {
        return exchange(FIN | ACK, FIN | ACK);
    }

    private byte[] exchange(int asked, int answered) {
        byte[] first = packet(true, asked, NOTHING);
        clientSequence++;
        byte[] second = packet(false, answered, NOTHING);
        tpmSequence++;
        byte[] third = packet(true, ACK, NOTHING);
        return ByteBuffer.allocate(first.length + second.length + third.length)
                .put(first)
                .put(second)
                .put(third)
                .array();
    }

    /** The packet that carries a message to or from the TPM. */
    byte[] message(boolean toTpm, byte[] message) {
        byte[] packet = packet(toTpm, PUSH | ACK, message);
        if (toTpm) {
            clientSequence += message.length;
        } else {
            tpmSequence += message.length;
        }
        return packet;
    }

    private byte[] packet(boolean toTpm, int flags, byte[] message) {
        int captured = HEADERS + message.length;
        int padded = captured + 3 & ~3;
        int length = BLOCK_HEADER + padded + Integer.BYTES;
        Instant now = Instant.now();
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
        ByteBuffer block = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        block.putInt(ENHANCED_PACKET).putInt(length).putInt(0);
        block.putInt((int) (micros >>> 32)).putInt((int) micros);
        block.putInt(captured).putInt(captured);
        block.order(ByteOrder.BIG_ENDIAN);
        putEthernetAndIp(block, message.length);
        putTcp(block, toTpm, flags);
        block.put(message);
        if (checksums) {
            putChecksums(block, message.length);
        }
        block.order(ByteOrder.LITTLE_ENDIAN).putInt(length - Integer.BYTES, length);
        return block.array();
    }

    private static void putEthernetAndIp(ByteBuffer block, int messageLength) {
        block.putInt(0).putLong(0).putShort((short) 0x0800); // no addresses; IPv4
        block.put((byte) 0x45).put((byte) 0x10);
        block.putShort((short) (IP_HEADER + TCP_HEADER + messageLength));
        block.putShort((short) 0).putShort((short) 0x4000); // do not fragment
        block.put((byte) 64).put((byte) PROTOCOL_TCP).putShort((short) 0);
        block.putInt(LOOPBACK).putInt(LOOPBACK);
    }

    private void putTcp(ByteBuffer block, boolean toTpm, int flags) {
        block.putShort((short) (toTpm ? clientPort : TPM_PORT)).putShort((short) (toTpm ? TPM_PORT : clientPort));
        block.putInt(toTpm ? clientSequence : tpmSequence);
        block.putInt((flags & ACK) == 0 ? 0 : toTpm ? tpmSequence : clientSequence);
        block.put((byte) (TCP_HEADER / 4 << 4)).put((byte) flags);
        block.putShort((short) 0xFFC4).putInt(0); // window; checksum and urgent pointer
    }

    private static void putChecksums(ByteBuffer block, int messageLength) {
        int ip = BLOCK_HEADER + ETHERNET_HEADER;
        int tcp = ip + IP_HEADER;
        int tcpLength = TCP_HEADER + messageLength;
        // the addresses are part of TCP's pseudo header, and stand before it
        long pseudoHeader = sum(block, ip + 12, 8) + PROTOCOL_TCP + tcpLength;
        block.putShort(tcp + 16, folded(pseudoHeader + sum(block, tcp, tcpLength)));
        block.putShort(ip + 10, folded(sum(block, ip, IP_HEADER)));
    }

    private static long sum(ByteBuffer block, int from, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            int octet = block.get(from + i) & 0xff;
            sum += (i & 1) == 0 ? octet << 8 : octet;
        }
        return sum;
    }

    private static short folded(long sum) {
        long folded = sum;
        while (folded > 0xffff) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (short) ~folded;
    }
}
