/**
 * The header and the items around a blob: {@code docs/state/swtpm-files.md}, sections 2 and 3. Octets in, octets out;
 * no files and no cryptography.
 */
package org.jswtpm.store.format;
