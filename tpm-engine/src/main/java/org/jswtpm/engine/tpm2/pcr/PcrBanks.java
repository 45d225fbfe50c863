package org.jswtpm.engine.tpm2.pcr;

import java.util.ArrayList;
import java.util.List;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.PcrSelection;
import org.jswtpm.engine.tpm2.structure.StartupType;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;

/**
 * The PCRs in all their banks (Part 1, 17): 24 of them in banks for SHA-1, SHA-256, SHA-384 and SHA-512.
 *
 * <p>A PCR exists in a bank if it is allocated there; a new allocation takes effect at the next TPM Reset. In libtpms no
 * PCR belongs to a group with a policy or an auth value, so there are none here; what older releases kept for such groups
 * passes through {@link PcrGroup}.
 */
public final class PcrBanks {
    /** IMPLEMENTATION_PCR: how many PCRs a bank has. */
    public static final int COUNT = 24;
    /** NUM_STATIC_PCR: how many of them TPM2_Shutdown(STATE) saves. */
    public static final int STATIC_COUNT = 16;
    /** The PCR that a D-RTM sequence extends. */
    public static final int DRTM = 17;
    /** The PCR that an H-CRTM sequence extends. */
    public static final int HCRTM = 0;

    private static final int ALL_PCRS = (1 << COUNT) - 1;
    /** TPML_DIGEST of TPM2_PCR_Read has room for eight. */
    private static final int MAX_READ = 8;
    /** How many octets all PCRs take. */
    private static final int MEMORY_SIZE = COUNT * (20 + 32 + 48 + 64);

    private static final int TO_ONES = 0xFF;
    /** What an H-CRTM sequence starts PCR 0 with. */
    private static final int HCRTM_LOCALITY = 4;

    private final PcrBank[] banks = {
        new PcrBank(HashAlg.SHA1), new PcrBank(HashAlg.SHA256), new PcrBank(HashAlg.SHA384), new PcrBank(HashAlg.SHA512)
    };
    private final PcrGroup group = new PcrGroup();
    private List<PcrSelection> allocation = List.of();
    private List<PcrSelection> nextAllocation = List.of();
    private boolean reconfigured;
    private int updateCounter;

    /** Allocates all PCRs in all banks, as a new TPM has them. */
    public void manufacture() {
        group.clear();
        List<PcrSelection> all = new ArrayList<>(banks.length);
        for (PcrBank bank : banks) {
            all.add(new PcrSelection(bank.hash(), ALL_PCRS));
        }
        setAllocation(all, all);
    }

    /**
     * Sets which PCRs are allocated now and which will be after the next TPM Reset.
     *
     * @throws IllegalArgumentException if a bank is named twice
     */
    public void setAllocation(List<PcrSelection> now, List<PcrSelection> next) {
        allocation = List.copyOf(now);
        nextAllocation = List.copyOf(next);
        for (PcrBank bank : banks) {
            bank.setAllocated(0);
        }
        int seen = 0;
        for (int i = 0; i < allocation.size(); i++) {
            PcrSelection selection = allocation.get(i);
            int bit = 1 << selection.hash().ordinal();
            if ((seen & bit) != 0) {
                throw new IllegalArgumentException("two allocations for " + selection.hash());
            }
            seen |= bit;
            bank(selection.hash()).setAllocated(selection.pcrs());
        }
    }

    /** The allocation in force, one selection for each bank, the empty ones included. */
    public List<PcrSelection> allocation() {
        return allocation;
    }

    /** The allocation that NV holds: the next TPM Reset makes it the one in force. */
    public List<PcrSelection> nextAllocation() {
        return nextAllocation;
    }

    /** Whether TPM2_PCR_Allocate was executed since the last startup, so that only TPM Reset may follow. */
    public boolean isReconfigured() {
        return reconfigured;
    }

    /** For the restore of a running TPM's state. */
    public void setReconfigured(boolean reconfigured) {
        this.reconfigured = reconfigured;
    }

    /** Whether {@code pcr} exists in the bank of {@code hash}. */
    public boolean isAllocated(int pcr, HashAlg hash) {
        return pcr < COUNT && bank(hash).isAllocated(pcr);
    }

    /** The value of a PCR that is allocated. */
    public Bytes value(int pcr, HashAlg hash) {
        return bank(hash).value(pcr);
    }

    /** Whether {@code locality} may extend {@code pcr}. */
    public static boolean isExtendAllowed(int pcr, int locality) {
        return (PcrAttributes.of(pcr).extendLocality() >>> locality & 1) != 0;
    }

    /** Whether a command from {@code locality} may reset {@code pcr}. From locality 4 none may: that is D-RTM's. */
    public static boolean isResetAllowed(int pcr, int locality) {
        return locality != 4 && (PcrAttributes.of(pcr).resetLocality() >>> locality & 1) != 0;
    }

    /** Whether TPM2_Shutdown(STATE) saves {@code pcr}, so that a change of it undoes an orderly shutdown. */
    public static boolean isStateSaved(int pcr) {
        return PcrAttributes.of(pcr).isStateSaved();
    }

    /**
     * The PCRs that have a property, bit n for PCR n.
     *
     * @param property TPM_PT_PCR (Part 2, 6.14)
     * @return -1 if there is no such property
     */
    public static int withProperty(int property) {
        int pcrs = 0;
        for (int pcr = 0; pcr < COUNT; pcr++) {
            PcrAttributes attributes = PcrAttributes.of(pcr);
            int locality = (property - 1) / 2;
            boolean has;
            switch (property) {
                case 0x00 -> has = attributes.isStateSaved();
                case 0x01, 0x03, 0x05, 0x07, 0x09 -> has = (attributes.extendLocality() >>> locality & 1) != 0;
                case 0x02, 0x04, 0x06, 0x08, 0x0A -> has = (attributes.resetLocality() >>> locality & 1) != 0;
                case 0x11 -> has = attributes.isUncounted();
                case 0x12 -> has = attributes.isDynamic();
                // TPM_PT_PCR_POLICY and _AUTH: no PCR is in a group
                case 0x13, 0x14 -> has = false;
                default -> {
                    return -1;
                }
            }
            pcrs |= has ? 1 << pcr : 0;
        }
        return pcrs;
    }

    /** Extends {@code pcr} in the bank of {@code hash}; does nothing where it is not allocated. */
    public void extend(int pcr, HashAlg hash, byte[] digest) {
        PcrBank bank = bank(hash);
        if (bank.isAllocated(pcr)) {
            bank.extend(pcr, digest);
            changed(pcr);
        }
    }

    /** TPM2_PCR_Reset: sets {@code pcr} to zero in all banks. */
    public void reset(int pcr) {
        for (PcrBank bank : banks) {
            if (bank.isAllocated(pcr)) {
                bank.set(pcr, 0, 0);
            }
        }
        changed(pcr);
    }

    /** The begin of a D-RTM sequence: all PCRs that locality 4 may reset become zero. */
    public void resetDynamics() {
        for (PcrBank bank : banks) {
            for (int pcr = 0; pcr < COUNT; pcr++) {
                if (PcrAttributes.of(pcr).isDynamic() && bank.isAllocated(pcr)) {
                    bank.set(pcr, 0, 0);
                }
            }
        }
    }

    /** The end of a hash sequence of the platform: {@code pcr} starts from zero, or from 4 before TPM2_Startup. */
    public void extendByHashSequence(int pcr, HashAlg hash, byte[] digest, boolean isStarted) {
        PcrBank bank = bank(hash);
        if (bank.isAllocated(pcr)) {
            bank.set(pcr, 0, isStarted ? 0 : HCRTM_LOCALITY);
            extend(pcr, hash, digest);
        }
    }

    /**
     * TPM2_Startup (Part 1, 12.2.4).
     *
     * @param locality the locality of TPM2_Startup; PCR 0 starts with it
     * @param hcrtm whether an H-CRTM sequence has set PCR 0
     */
    public void startup(StartupType type, int locality, boolean hcrtm) {
        reconfigured = false;
        if (type == StartupType.RESET) {
            updateCounter = 0;
        }
        int savedIndex = 0;
        for (int pcr = 0; pcr < COUNT; pcr++) {
            PcrAttributes attributes = PcrAttributes.of(pcr);
            boolean resumed = type == StartupType.RESUME && attributes.isStateSaved();
            if (!resumed) {
                changed(pcr);
            }
            if (pcr == HCRTM && type != StartupType.RESUME && hcrtm) {
                continue;
            }
            initialize(pcr, attributes, resumed ? savedIndex : -1, locality);
            savedIndex += resumed ? 1 : 0;
        }
        if (type != StartupType.RESUME) {
            group.clearAuth();
        }
    }

    private void initialize(int pcr, PcrAttributes attributes, int savedIndex, int locality) {
        for (PcrBank bank : banks) {
            if (!bank.isAllocated(pcr)) {
                continue;
            }
            if (savedIndex >= 0) {
                bank.resume(pcr, savedIndex);
            } else if (attributes.isDynamic()) {
                bank.set(pcr, TO_ONES, TO_ONES);
            } else {
                bank.set(pcr, 0, pcr == HCRTM ? locality : 0);
            }
        }
    }

    /** TPM2_Shutdown(STATE): keeps the values of the PCRs that are saved. */
    public void save() {
        int index = 0;
        for (int pcr = 0; pcr < COUNT; pcr++) {
            if (isStateSaved(pcr)) {
                for (PcrBank bank : banks) {
                    if (bank.isAllocated(pcr)) {
                        bank.save(pcr, index);
                    }
                }
                index++;
            }
        }
    }

    /** pcrUpdateCounter (Part 1, 17.9). */
    public int updateCounter() {
        return updateCounter;
    }

    public void setUpdateCounter(int updateCounter) {
        this.updateCounter = updateCounter;
    }

    /** TPM2_PCR_Read: the values that are selected and allocated, up to eight. */
    public PcrReading read(List<PcrSelection> request) {
        List<PcrSelection> selections = new ArrayList<>(request.size());
        List<Bytes> values = new ArrayList<>(MAX_READ);
        for (int i = 0; i < request.size(); i++) {
            PcrSelection wanted = filter(request.get(i));
            PcrBank bank = bank(wanted.hash());
            int read = 0;
            for (int pcr = 0; pcr < COUNT && values.size() < MAX_READ; pcr++) {
                if (wanted.isSelected(pcr)) {
                    values.add(bank.value(pcr));
                    read |= 1 << pcr;
                }
            }
            selections.add(wanted.with(read));
        }
        return new PcrReading(updateCounter, selections, values);
    }

    /** {@code selection} without the PCRs that are not allocated. */
    public PcrSelection filter(PcrSelection selection) {
        return selection.with(selection.pcrs() & bank(selection.hash()).allocated());
    }

    /** {@code selections}, each without the PCRs that are not allocated. */
    public List<PcrSelection> filter(List<PcrSelection> selections) {
        List<PcrSelection> filtered = new ArrayList<>(selections.size());
        for (int i = 0; i < selections.size(); i++) {
            filtered.add(filter(selections.get(i)));
        }
        return filtered;
    }

    /** The digest over the values of {@code selections} (Part 1, 17.5), as creation data, quotes and policies have it. */
    public Bytes digest(HashAlg hash, List<PcrSelection> selections) {
        Hasher hasher = Hasher.of(Digest.of(hash.value()));
        for (int i = 0; i < selections.size(); i++) {
            PcrSelection selection = filter(selections.get(i));
            PcrBank bank = bank(selection.hash());
            for (int pcr = 0; pcr < COUNT; pcr++) {
                if (selection.isSelected(pcr)) {
                    bank.addTo(hasher, pcr);
                }
            }
        }
        return Bytes.wrap(hasher.digest());
    }

    /**
     * TPM2_PCR_Allocate: notes the allocation for after the next TPM Reset. Banks that {@code request} does not name stay
     * as they are now; of two selections for one bank the last counts.
     *
     * @throws org.jswtpm.engine.wire.TpmException TPM_RC_PCR if no bank would have PCR 0, or none PCR 17
     */
    public PcrAllocation allocate(List<PcrSelection> request) {
        List<PcrSelection> next = new ArrayList<>(allocation);
        for (int i = 0; i < request.size(); i++) {
            for (int j = 0; j < next.size(); j++) {
                if (next.get(j).hash() == request.get(i).hash()) {
                    next.set(j, request.get(i));
                }
            }
        }
        int sizeNeeded = 0;
        int anywhere = 0;
        for (int i = 0; i < next.size(); i++) {
            PcrSelection selection = next.get(i);
            anywhere |= selection.pcrs();
            sizeNeeded += Integer.bitCount(selection.pcrs()) * selection.hash().digestSize();
        }
        TpmRc.check((anywhere >>> DRTM & anywhere >>> HCRTM & 1) != 0, TpmRc.PCR);
        nextAllocation = List.copyOf(next);
        reconfigured = true;
        return new PcrAllocation(COUNT, sizeNeeded, MEMORY_SIZE);
    }

    /** What is kept for the group of PCRs with a policy or an auth value. */
    public PcrGroup group() {
        return group;
    }

    /** The saved values of the bank of {@code hash}, 16 digests. */
    public Bytes saved(HashAlg hash) {
        return bank(hash).saved();
    }

    public void setSaved(HashAlg hash, Bytes digests) {
        bank(hash).setSaved(digests);
    }

    /** All values of the bank of {@code hash}, 24 digests. */
    public Bytes values(HashAlg hash) {
        return bank(hash).values();
    }

    public void setValues(HashAlg hash, Bytes digests) {
        bank(hash).setValues(digests);
    }

    private void changed(int pcr) {
        // libtpms counts PCR 0 whatever its attributes say
        if (pcr == 0 || !PcrAttributes.of(pcr).isUncounted()) {
            updateCounter++;
            if (updateCounter == 0) {
                // libtpms fails for good; 0 means in a session that PCRs play no role
                updateCounter = 1;
            }
        }
    }

    private PcrBank bank(HashAlg hash) {
        return banks[hash.ordinal()];
    }
}
