package org.jswtpm.engine.tpm2.state;

import static org.jswtpm.engine.tpm2.state.StateBlock.PCR_POLICY;
import static org.jswtpm.engine.tpm2.state.StateBlock.PERSISTENT_DATA;

import java.util.BitSet;
import java.util.List;
import org.jswtpm.engine.crypto.SeedCompatLevel;
import org.jswtpm.engine.tpm2.profile.Profile;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.PcrSelection;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/** Reads versions 1 to 5 of PERSISTENT_DATA, and writes versions 4 and 5. */
final class PersistentDataCodec {
    /** Octets of the u32 that the epoch of Time is. */
    private static final int EPOCH_SIZE = 4;
    /** Octets of a secret of 256 bits; libtpms makes those of hierarchies twice as long. */
    private static final int MIN_SEED_SIZE = 32;
    /** The StateFormatLevel from which sets of commands count codes: version 5. */
    private static final int COMMANDS_BY_CODE_LEVEL = 3;

    private PersistentDataCodec() {}

    static void write(PersistentData data, Profile profile, WireWriter out) {
        int version = profile.stateFormatLevel() < COMMANDS_BY_CODE_LEVEL ? 4 : 5;
        StateWriter.header(out, PERSISTENT_DATA, version);
        StateWriter.bool(out, data.isClearDisabled());
        data.owner().policyAlg().marshal(out);
        data.endorsement().policyAlg().marshal(out);
        data.lockout().policyAlg().marshal(out);
        out.sized2(data.owner().policy())
                .sized2(data.endorsement().policy())
                .sized2(data.lockout().policy());
        out.secret2(data.owner().auth())
                .secret2(data.endorsement().auth())
                .secret2(data.lockout().auth());
        out.secret2(data.endorsementSeed().seed())
                .secret2(data.ownerSeed().seed())
                .secret2(data.platformSeed().seed());
        out.secret2(data.platformSeed().proof())
                .secret2(data.ownerSeed().proof())
                .secret2(data.endorsementSeed().proof());
        out.uint64(data.totalResetCount()).uint32(data.resetCount());
        writePcrPolicy(data, out);
        PcrSelection.marshalList(data.nextAllocation(), out);
        CommandBits.write(data.presenceCommands(), version, profile.commands(), out);
        writeDictionaryAttack(data.dictionaryAttack(), out);
        out.uint16(data.orderlyState());
        CommandBits.write(data.auditCommands(), version, profile.commands(), out);
        data.auditHash().marshal(out);
        out.uint64(data.auditCounter()).uint32(data.algorithmSet());
        out.uint32(data.firmwareVersion1()).uint32(data.firmwareVersion2());
        out.uint8(EPOCH_SIZE).uint32(data.timeEpoch());
        writeAdditions(data, out);
    }

    private static void writePcrPolicy(PersistentData data, WireWriter out) {
        int block = StateWriter.beginBlock(out);
        StateWriter.header(out, PCR_POLICY);
        out.uint16(1);
        data.pcrPolicyAlg().marshal(out);
        out.sized2(data.pcrPolicy());
        StateWriter.end(out);
        out.endSized2(block);
    }

    private static void writeDictionaryAttack(DaState state, WireWriter out) {
        out.uint32(state.failedTries())
                .uint32(state.maxTries())
                .uint32(state.recoveryTime())
                .uint32(state.lockoutRecovery());
        StateWriter.bool(out, state.isLockoutAuthEnabled());
    }

    private static void writeAdditions(PersistentData data, WireWriter out) {
        int version3 = StateWriter.beginBlock(out);
        PcrSelection.marshalList(data.allocation(), out);
        int version4 = StateWriter.beginBlock(out);
        out.uint8(data.endorsementSeed().level().ordinal())
                .uint8(data.ownerSeed().level().ordinal())
                .uint8(data.platformSeed().level().ordinal());
        StateWriter.end(out);
        out.endSized2(version4);
        out.endSized2(version3);
    }

    static PersistentData read(StateReader in) {
        int version = in.header(PERSISTENT_DATA);
        boolean isClearDisabled = in.at("PERSISTENT_DATA.disableClear").bool();
        Authorization[] authorizations = readAuthorizations(in);
        Secret[] seeds = readSeeds(in.at("PERSISTENT_DATA.EPSeed, SPSeed, PPSeed"));
        Secret[] proofs = readSeeds(in.at("PERSISTENT_DATA.phProof, shProof, ehProof"));
        long totalResetCount = in.at("PERSISTENT_DATA.totalResetCount").uint64();
        int resetCount = in.at("PERSISTENT_DATA.resetCount").uint32();
        StateReader pcrPolicy = in.at("PERSISTENT_DATA.pcrPolicies").neededBlock();
        int policyVersion = pcrPolicy.header(PCR_POLICY);
        pcrPolicy.at("PCR_POLICY.count").count(1);
        HashAlg pcrPolicyAlg = pcrPolicy.at("PCR_POLICY.hashAlg").hash();
        Bytes pcrPolicyDigest = pcrPolicy.checkDigest(
                pcrPolicyAlg, pcrPolicy.at("PCR_POLICY.policy").digest());
        pcrPolicy.at("PCR_POLICY").end(policyVersion);
        List<PcrSelection> nextAllocation =
                in.at("PERSISTENT_DATA.pcrAllocated").selections();
        BitSet presenceCommands = CommandBits.read(in.at("PERSISTENT_DATA.ppList"), version);
        DaState dictionaryAttack = readDictionaryAttack(in);
        int orderlyState = in.at("PERSISTENT_DATA.orderlyState").uint16();
        BitSet auditCommands = CommandBits.read(in.at("PERSISTENT_DATA.auditCommands"), version);
        HashAlg auditHash = in.at("PERSISTENT_DATA.auditHashAlg").neededHash();
        long auditCounter = in.at("PERSISTENT_DATA.auditCounter").uint64();
        int algorithmSet = in.at("PERSISTENT_DATA.algorithmSet").uint32();
        int firmware1 = in.at("PERSISTENT_DATA.firmwareV1").uint32();
        int firmware2 = in.at("PERSISTENT_DATA.firmwareV2").uint32();
        int epoch = readEpoch(in);
        Additions added = Additions.read(in, version, nextAllocation);
        return new PersistentData(
                isClearDisabled,
                authorizations[0],
                authorizations[1],
                authorizations[2],
                new Seed(seeds[1], proofs[1], added.owner),
                new Seed(seeds[0], proofs[2], added.endorsement),
                new Seed(seeds[2], proofs[0], added.platform),
                totalResetCount,
                resetCount,
                pcrPolicyAlg,
                pcrPolicyDigest,
                nextAllocation,
                added.allocation,
                presenceCommands,
                dictionaryAttack,
                orderlyState,
                auditCommands,
                auditHash,
                auditCounter,
                algorithmSet,
                firmware1,
                firmware2,
                epoch);
    }

    /** Those of owner, endorsement and lockout. */
    private static Authorization[] readAuthorizations(StateReader in) {
        HashAlg[] algorithms = new HashAlg[3];
        Bytes[] policies = new Bytes[algorithms.length];
        in.at("PERSISTENT_DATA.ownerAlg, endorsementAlg, lockoutAlg");
        for (int i = 0; i < algorithms.length; i++) {
            algorithms[i] = in.hash();
        }
        in.at("PERSISTENT_DATA.ownerPolicy, endorsementPolicy, lockoutPolicy");
        for (int i = 0; i < policies.length; i++) {
            policies[i] = in.checkDigest(algorithms[i], in.digest());
        }
        Secret[] auths = readSecrets(in.at("PERSISTENT_DATA.ownerAuth, endorsementAuth, lockoutAuth"));
        Authorization[] authorizations = new Authorization[algorithms.length];
        for (int i = 0; i < authorizations.length; i++) {
            authorizations[i] = new Authorization(algorithms[i], policies[i], auths[i]);
        }
        return authorizations;
    }

    private static Secret[] readSecrets(StateReader in) {
        return new Secret[] {in.secret(), in.secret(), in.secret()};
    }

    /** Without a secret at its root a hierarchy would protect nothing. */
    private static Secret[] readSeeds(StateReader in) {
        Secret[] seeds = readSecrets(in);
        for (Secret seed : seeds) {
            if (seed.size() < MIN_SEED_SIZE) {
                throw in.fault("is too short: " + seed.size() + " octets");
            }
        }
        return seeds;
    }

    private static DaState readDictionaryAttack(StateReader in) {
        return new DaState(
                in.at("PERSISTENT_DATA.failedTries").uint32(),
                in.at("PERSISTENT_DATA.maxTries").uint32(),
                in.at("PERSISTENT_DATA.recoveryTime").uint32(),
                in.at("PERSISTENT_DATA.lockoutRecovery").uint32(),
                in.at("PERSISTENT_DATA.lockOutAuthEnabled").bool());
    }

    private static int readEpoch(StateReader in) {
        int size = in.at("PERSISTENT_DATA.timeEpoch").uint8();
        if (size != EPOCH_SIZE) {
            throw in.fault("has " + size + " octets instead of " + EPOCH_SIZE);
        }
        return in.uint32();
    }

    /** What versions 3 and 4 have added. */
    private record Additions(
            List<PcrSelection> allocation,
            SeedCompatLevel endorsement,
            SeedCompatLevel owner,
            SeedCompatLevel platform) {
        static Additions read(StateReader in, int version, List<PcrSelection> nextAllocation) {
            SeedCompatLevel original = SeedCompatLevel.ORIGINAL;
            if (version < 3) {
                in.at("PERSISTENT_DATA").end(version);
                return new Additions(nextAllocation, original, original, original);
            }
            StateReader version3 = in.at("PERSISTENT_DATA, part of version 3").neededBlock();
            List<PcrSelection> allocation =
                    version3.at("PERSISTENT_DATA.pcrAllocated in force").selections();
            if (version < 4) {
                return new Additions(allocation, original, original, original);
            }
            StateReader version4 =
                    version3.at("PERSISTENT_DATA, part of version 4").neededBlock();
            return new Additions(
                    allocation,
                    version4.at("PERSISTENT_DATA.EPSeedCompatLevel").compatLevel(),
                    version4.at("PERSISTENT_DATA.SPSeedCompatLevel").compatLevel(),
                    version4.at("PERSISTENT_DATA.PPSeedCompatLevel").compatLevel());
        }
    }
}
