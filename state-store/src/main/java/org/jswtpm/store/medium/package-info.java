/**
 * What holds state files: a directory, one file, memory. {@code docs/state/swtpm-files.md}, sections 1 and 4; the
 * contents of a file are opaque here.
 */
package org.jswtpm.store.medium;
