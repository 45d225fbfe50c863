package org.jswtpm.engine.tpm12;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test that sends the same commands to this TPM 1.2 and to swtpm, through a {@link Tpm12Pair}. Skipped where there is no swtpm. */
@Test
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Swtpm12Extension.class)
public @interface SameAsSwtpm12 {}
