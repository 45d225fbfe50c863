/**
 * swtpm_localca: a certification authority in a directory, made at its first use, that issues the certificates of TPMs.
 * The directory can be shared with swtpm's own program.
 */
package org.jswtpm.tools.localca;
