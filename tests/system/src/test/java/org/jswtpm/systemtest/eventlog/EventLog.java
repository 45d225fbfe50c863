package org.jswtpm.systemtest.eventlog;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A crypto agile event log: a TCG_PCR_EVENT that holds the TCG_EfiSpecIDEvent, then TCG_PCR_EVENT2s. That of a TPM 1.2 has
 * nothing but TCG_PCR_EVENTs.
 *
 * <pre>
 * TCG_PCR_EVENT       u32 pcr | u32 type | 20 digest | u32 size | event
 * TCG_EfiSpecIDEvent  "Spec ID Event03\0" | u32 class | u8 minor, major, errata, uintn
 *                     | u32 count | count x { u16 algorithm, u16 digest size } | u8 size | vendor info
 * TCG_PCR_EVENT2      u32 pcr | u32 type | u32 count | count x { u16 algorithm, digest } | u32 size | event
 * </pre>
 */
public final class EventLog {
    private static final byte[] SPEC_ID = "Spec ID Event03\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STARTUP_LOCALITY = "StartupLocality\0".getBytes(StandardCharsets.US_ASCII);
    private static final int SHA1_SIZE = 20;
    private static final int PCRS = 24;

    private final Set<DigestAlgorithm> banks;
    private final List<Event> events;

    private EventLog(Set<DigestAlgorithm> banks, List<Event> events) {
        this.banks = banks;
        this.events = events;
    }

    /** Reads a whole log; an {@link EventLogException} names what is wrong with it and where. */
    public static EventLog parse(byte[] octets) {
        ByteBuffer in = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
        try {
            Set<DigestAlgorithm> banks = specId(in);
            List<Event> events = new ArrayList<>();
            while (in.hasRemaining()) {
                events.add(event(in, banks));
            }
            return new EventLog(banks, events);
        } catch (BufferUnderflowException _) {
            throw cut(in);
        }
    }

    /** Reads a whole log of a TPM 1.2. */
    public static EventLog parseOfTpm12(byte[] octets) {
        ByteBuffer in = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
        try {
            List<Event> events = new ArrayList<>();
            while (in.hasRemaining()) {
                events.add(eventOfTpm12(in));
            }
            return new EventLog(EnumSet.of(DigestAlgorithm.SHA1), events);
        } catch (BufferUnderflowException _) {
            throw cut(in);
        }
    }

    private static EventLogException cut(ByteBuffer in) {
        return new EventLogException("the log ends in the middle of an event, at octet " + in.position());
    }

    /** The banks that the firmware has extended. */
    public Set<DigestAlgorithm> banks() {
        return EnumSet.copyOf(banks);
    }

    /** How many events follow the first, which only tells the format. */
    public int size() {
        return events.size();
    }

    /** The value of a PCR below 17 after all events, beginning with what TPM2_Startup leaves in it. */
    public byte[] replay(DigestAlgorithm bank, int pcr) {
        byte[] value = new byte[bank.size()];
        for (Event event : events) {
            if (event.pcr() != pcr) {
                continue;
            }
            if (event.type() != Event.NO_ACTION) {
                value = bank.extend(value, event.digests().get(bank));
            } else if (pcr == 0 && startsWith(event.data(), STARTUP_LOCALITY)) {
                value[value.length - 1] = event.data()[STARTUP_LOCALITY.length];
            }
        }
        return value;
    }

    private static Set<DigestAlgorithm> specId(ByteBuffer in) {
        int pcr = in.getInt();
        int type = in.getInt();
        take(in, SHA1_SIZE);
        ByteBuffer event = ByteBuffer.wrap(take(in, in.getInt())).order(ByteOrder.LITTLE_ENDIAN);
        if (pcr != 0 || type != Event.NO_ACTION || !Arrays.equals(take(event, SPEC_ID.length), SPEC_ID)) {
            throw new EventLogException("the log does not begin with a Spec ID Event03");
        }
        take(event, 8); // platform class, version, size of UINTN
        int count = event.getInt();
        if (count < 1 || count > DigestAlgorithm.values().length) {
            throw new EventLogException(count + " hash algorithms");
        }
        Set<DigestAlgorithm> banks = EnumSet.noneOf(DigestAlgorithm.class);
        for (int i = 0; i < count; i++) {
            DigestAlgorithm bank = DigestAlgorithm.of(Short.toUnsignedInt(event.getShort()));
            int size = Short.toUnsignedInt(event.getShort());
            if (size != bank.size() || !banks.add(bank)) {
                throw new EventLogException(bank + " is listed with " + size + " octets, or twice");
            }
        }
        return banks;
    }

    private static Event eventOfTpm12(ByteBuffer in) {
        int pcr = pcr(in);
        int type = in.getInt();
        byte[] digest = take(in, SHA1_SIZE);
        return new Event(pcr, type, Map.of(DigestAlgorithm.SHA1, digest), take(in, in.getInt()));
    }

    private static int pcr(ByteBuffer in) {
        int start = in.position();
        int pcr = in.getInt();
        if (pcr < 0 || pcr >= PCRS) {
            throw new EventLogException("PCR " + Integer.toUnsignedString(pcr) + " at octet " + start);
        }
        return pcr;
    }

    private static Event event(ByteBuffer in, Set<DigestAlgorithm> banks) {
        int start = in.position();
        int pcr = pcr(in);
        int type = in.getInt();
        int count = in.getInt();
        if (count != banks.size()) {
            throw new EventLogException(
                    Integer.toUnsignedString(count) + " digests for " + banks + " at octet " + start);
        }
        Map<DigestAlgorithm, byte[]> digests = new EnumMap<>(DigestAlgorithm.class);
        for (int i = 0; i < count; i++) {
            DigestAlgorithm bank = DigestAlgorithm.of(Short.toUnsignedInt(in.getShort()));
            if (!banks.contains(bank) || digests.put(bank, take(in, bank.size())) != null) {
                throw new EventLogException("unexpected digest of " + bank + " at octet " + start);
            }
        }
        return new Event(pcr, type, digests, take(in, in.getInt()));
    }

    /** The next octets; no memory is taken for a size that is more than what is left. */
    private static byte[] take(ByteBuffer in, int size) {
        if (size < 0 || size > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] octets = new byte[size];
        in.get(octets);
        return octets;
    }

    private static boolean startsWith(byte[] octets, byte[] prefix) {
        return octets.length > prefix.length && Arrays.equals(octets, 0, prefix.length, prefix, 0, prefix.length);
    }
}
