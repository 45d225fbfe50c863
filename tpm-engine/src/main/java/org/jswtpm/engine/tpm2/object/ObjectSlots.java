package org.jswtpm.engine.tpm2.object;

/** The slots in which transient objects live (Part 1, 15.4). */
public final class ObjectSlots {}
