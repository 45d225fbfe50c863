package org.jswtpm.engine.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** The seeds and proofs in a permanent state that swtpm wrote (PERSISTENT_DATA of libtpms, NVMarshal.c). */
final class ReferenceState {
    private static final int PERSISTENT_DATA_MAGIC = 0x12213443;
    private static final int STATE_RESET_DATA_MAGIC = 0x01102332;

    private final Path file;
    private final ByteBuffer octets;
    private final int seedCompatLevels;

    final byte[] endorsementSeed;
    final byte[] ownerSeed;
    final byte[] platformSeed;
    final byte[] ownerProof;
    final byte[] endorsementProof;

    /** Reads the file of a state directory. */
    ReferenceState(Path directory) throws IOException {
        file = directory.resolve("tpm2-00.permall");
        octets = ByteBuffer.wrap(Files.readAllBytes(file));
        octets.position(find(PERSISTENT_DATA_MAGIC) + 6); // magic, min_version
        skip(1 + 3 * 2); // disableClear and the algorithms of the policies
        for (int i = 0; i < 6; i++) {
            ReferenceTpm.sized(octets); // policies and auth values
        }
        endorsementSeed = ReferenceTpm.sized(octets);
        ownerSeed = ReferenceTpm.sized(octets);
        platformSeed = ReferenceTpm.sized(octets);
        ReferenceTpm.sized(octets);
        ownerProof = ReferenceTpm.sized(octets);
        endorsementProof = ReferenceTpm.sized(octets);
        skip(8 + 4); // reset counters
        if (octets.get() != 0) {
            ReferenceTpm.sized(octets); // PCR policies
        }
        skipPcrSelections();
        ReferenceTpm.sized(octets); // ppList
        skip(4 * 4 + 1 + 2); // dictionary attack logic, orderlyState
        ReferenceTpm.sized(octets); // auditCommands
        skip(2 + 8 + 3 * 4); // audit, algorithmSet, firmware
        skip(octets.get()); // timeEpoch
        skip(1 + 2);
        skipPcrSelections(); // the pending allocation
        skip(1 + 2);
        seedCompatLevels = octets.position();
    }

    /** Pretends that the seeds were made by an older or newer release, and writes the file. */
    void setSeedCompatLevel(SeedCompatLevel level) throws IOException {
        for (int i = 0; i < 3; i++) {
            octets.put(seedCompatLevels + i, (byte) level.ordinal());
        }
        Files.write(file, octets.array());
    }

    /** The level of the endorsement seed. */
    SeedCompatLevel seedCompatLevel() {
        return SeedCompatLevel.values()[octets.get(seedCompatLevels)];
    }

    /** The nonce of commitments, in a state that TPM2_Shutdown(STATE) saved (STATE_RESET_DATA). */
    byte[] commitNonce() {
        octets.position(find(STATE_RESET_DATA_MAGIC) + 6); // magic, min_version
        ReferenceTpm.sized(octets); // nullProof
        ReferenceTpm.sized(octets); // nullSeed
        skip(4 + 8); // clearCount, objectContextID
        skip(2 * octets.getShort()); // contextArray
        skip(2 + 8); // slot mask, contextCounter
        ReferenceTpm.sized(octets); // commandAuditDigest
        skip(4 + 4 + 3 + 8); // restartCount, pcrCounter, block, commitCounter
        return ReferenceTpm.sized(octets);
    }

    /** The generator from which swtpm draws a primary key whose template has SHA-256 as nameAlg. */
    static Drbg drbg(byte[] seed, String template, String additional, SeedCompatLevel level) {
        HexFormat hex = HexFormat.of();
        byte[] digest = Hasher.digest(Digest.SHA256, hex.parseHex(template.replace(" ", "")));
        byte[] name = new byte[2 + digest.length];
        name[1] = 0x0b;
        System.arraycopy(digest, 0, name, 2, digest.length);
        return Drbg.seeded(seed, "Primary Object Creation", name, hex.parseHex(additional), level);
    }

    private int find(int magic) {
        for (int i = 0; i < octets.limit() - 4; i++) {
            if (octets.getInt(i) == magic) {
                return i;
            }
        }
        throw new IllegalStateException("no PERSISTENT_DATA in " + file);
    }

    private void skip(int count) {
        octets.position(octets.position() + count);
    }

    private void skipPcrSelections() {
        int count = octets.getInt();
        for (int i = 0; i < count; i++) {
            skip(2);
            skip(octets.get());
        }
    }
}
