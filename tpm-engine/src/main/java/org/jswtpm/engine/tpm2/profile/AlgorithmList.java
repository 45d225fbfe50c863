package org.jswtpm.engine.tpm2.profile;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jswtpm.engine.ProfileException;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.AlgorithmSet;
import org.jswtpm.engine.tpm2.structure.EccCurve;

/** The algorithms of a profile as text: names of algorithms and curves, families of curves, and shortest keys. */
final class AlgorithmList {
    private static final String MIN_SIZE = "-min-size=";
    private static final String MIN_KEY_SIZE = "-min-key-size=";
    private static final int LONGEST_KEY = 4096;
    private static final int LONGEST_HMAC_KEY = 1024;
    /** The key sizes that came later: bits, and the level they came with. */
    private static final int RSA_4096 = 4096;

    private static final int RSA_4096_LEVEL = 8;
    private static final int SYMMETRIC_192 = 192;
    private static final int SYMMETRIC_192_LEVEL = 4;
    private static final int HMAC_MINIMUM_LEVEL = 7;

    private final int maxLevel;
    private final Set<AlgId> algorithms = EnumSet.noneOf(AlgId.class);
    private final Set<EccCurve> curves = EnumSet.noneOf(EccCurve.class);
    private final Map<AlgId, Integer> minimums = new EnumMap<>(AlgId.class);
    private int level;

    private AlgorithmList(int maxLevel) {
        this.maxLevel = maxLevel;
        for (AlgId algorithm : new AlgId[] {AlgId.RSA, AlgId.TDES, AlgId.AES, AlgId.CAMELLIA}) {
            minimums.put(algorithm, smallestKey(algorithm));
        }
    }

    /**
     * Reads a list.
     *
     * @param maxLevel key sizes that need a higher level are left out
     */
    static AlgorithmList parse(String text, int maxLevel) throws ProfileException {
        AlgorithmList list = new AlgorithmList(maxLevel);
        for (String word : WordList.words(text)) {
            if (!list.addAlgorithm(word) && !list.addMinimum(word) && !list.addCurves(word)) {
                throw new ProfileException("The profile asks for the algorithm " + word + ", which is not supported");
            }
        }
        list.check();
        return list;
    }

    private boolean addAlgorithm(String word) {
        for (AlgId algorithm : AlgId.values()) {
            if (word.equals(name(algorithm))) {
                algorithms.add(algorithm);
                need(1);
                return true;
            }
        }
        return false;
    }

    private boolean addMinimum(String word) throws ProfileException {
        for (AlgId algorithm : AlgId.values()) {
            String name = name(algorithm);
            if (hasKeySizes(algorithm) && word.startsWith(name + MIN_SIZE)) {
                int bits = bits(word, name.length() + MIN_SIZE.length(), LONGEST_KEY);
                minimums.put(algorithm, bits);
                needKeySizes(algorithm, bits);
                return true;
            }
            if (algorithm == AlgId.HMAC && word.startsWith(name + MIN_KEY_SIZE)) {
                minimums.put(algorithm, bits(word, name.length() + MIN_KEY_SIZE.length(), LONGEST_HMAC_KEY));
                need(HMAC_MINIMUM_LEVEL);
                return true;
            }
        }
        return false;
    }

    private static int bits(String word, int start, int max) throws ProfileException {
        int bits = 0;
        for (int i = start; i < word.length(); i++) {
            int digit = Character.digit(word.charAt(i), 10);
            bits = bits * 10 + digit;
            if (digit < 0 || bits > max) {
                throw new ProfileException("The profile has a key size that is none, or above " + max + ": " + word);
            }
        }
        return bits;
    }

    /** What a later level has brought is left out where that level is not allowed. */
    private void needKeySizes(AlgId algorithm, int minimum) {
        need(1);
        if (algorithm == AlgId.RSA && minimum <= RSA_4096 && maxLevel >= RSA_4096_LEVEL) {
            need(RSA_4096_LEVEL);
        }
        if ((algorithm == AlgId.AES || algorithm == AlgId.CAMELLIA)
                && minimum <= SYMMETRIC_192
                && maxLevel >= SYMMETRIC_192_LEVEL) {
            need(SYMMETRIC_192_LEVEL);
        }
    }

    private boolean addCurves(String word) {
        for (CurveFamily family : CurveFamily.values()) {
            if (word.equals(family.title())) {
                curves.addAll(family.curves());
                need(1);
                return true;
            }
        }
        for (EccCurve curve : EccCurve.values()) {
            if (word.equals(name(curve))) {
                curves.add(curve);
                need(1);
                return true;
            }
        }
        return false;
    }

    private void need(int neededLevel) {
        level = Math.max(level, neededLevel);
    }

    private void check() throws ProfileException {
        for (AlgId algorithm : AlgId.values()) {
            if (!canBeDisabled(algorithm) && !algorithms.contains(algorithm)) {
                throw new ProfileException("The profile must have the algorithm " + name(algorithm));
            }
        }
        for (EccCurve curve : EccCurve.values()) {
            if (!canBeDisabled(curve) && !curves.contains(curve)) {
                throw new ProfileException("The profile must have the curve " + name(curve));
            }
            if (canBeDisabled(curve) && minimums.getOrDefault(AlgId.ECC, 0) > curve.keyBits()) {
                curves.remove(curve);
            }
        }
        if (minimums.get(AlgId.AES) > 128 && minimums.get(AlgId.RSA) == 2048) {
            // a standard EK of RSA 2048 has AES 128
            throw new ProfileException("The profile must have aes-min-size=128 where it has rsa-min-size=2048");
        }
    }

    /** The level that these algorithms need. */
    int stateFormatLevel() {
        return level;
    }

    /** What the list means at a level. */
    AlgorithmSet algorithms(int stateFormatLevel) {
        return AlgorithmSet.of(algorithms, curves, minimums, stateFormatLevel);
    }

    static String name(AlgId algorithm) {
        return algorithm.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String name(EccCurve curve) {
        return "ecc-" + curve.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static boolean hasKeySizes(AlgId algorithm) {
        return switch (algorithm) {
            case RSA, TDES, AES, CAMELLIA, ECC -> true;
            default -> false;
        };
    }

    /** Bits of the smallest key that is built in. */
    static int smallestKey(AlgId algorithm) {
        return switch (algorithm) {
            case RSA -> 1024;
            case ECC -> 192;
            default -> 128;
        };
    }

    /** Not those that the TPM itself or its first keys need. */
    static boolean canBeDisabled(AlgId algorithm) {
        return switch (algorithm) {
            case TDES, SHA1, SHA512, RSASSA, RSAES, RSAPSS, ECDAA, SM2, ECSCHNORR, ECMQV -> true;
            case CAMELLIA, CMAC, CTR, OFB, CBC, ECB -> true;
            default -> false;
        };
    }

    static boolean canBeDisabled(EccCurve curve) {
        return curve != EccCurve.NIST_P256 && curve != EccCurve.NIST_P384;
    }
}
