package org.jswtpm.engine.tpm2.hierarchy;

/** The hierarchies (Part 1, 14): their seeds, proofs, auth values, policies and enables. */
public final class Hierarchies {}
