/**
 * Where state blobs live: the face of the module. The file formats are those of {@code docs/state/swtpm-files.md}; what
 * is inside a blob is not known here.
 */
package org.jswtpm.store;
