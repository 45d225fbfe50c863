package org.jswtpm.engine.tpm2.pcr;

import java.util.List;
import org.jswtpm.engine.tpm2.structure.PcrSelection;
import org.jswtpm.engine.wire.Bytes;

/**
 * What TPM2_PCR_Read gives (Part 3, 22.4).
 *
 * @param updateCounter the PCR update counter
 * @param selections what of the request has been read
 * @param values the values in the order of the selections, at most eight
 */
public record PcrReading(int updateCounter, List<PcrSelection> selections, List<Bytes> values) {}
