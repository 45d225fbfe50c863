package org.jswtpm.engine.tpm2.state;

import org.jswtpm.engine.crypto.SeedCompatLevel;
import org.jswtpm.engine.wire.Secret;

/**
 * What the keys of a hierarchy come from.
 *
 * @param seed the primary seed; lent
 * @param proof the proof; lent
 * @param level the rules by which keys are made from the seed
 */
record Seed(Secret seed, Secret proof, SeedCompatLevel level) {}
