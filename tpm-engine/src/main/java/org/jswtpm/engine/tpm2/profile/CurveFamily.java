package org.jswtpm.engine.tpm2.profile;

import java.util.EnumSet;
import java.util.Set;
import org.jswtpm.engine.tpm2.structure.EccCurve;

/** Names for several curves at once. */
enum CurveFamily {
    NIST("ecc-nist"),
    BN("ecc-bn");

    private final String title;

    CurveFamily(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    Set<EccCurve> curves() {
        return switch (this) {
            case NIST -> EnumSet.range(EccCurve.NIST_P192, EccCurve.NIST_P521);
            case BN -> EnumSet.of(EccCurve.BN_P256, EccCurve.BN_P638);
        };
    }
}
