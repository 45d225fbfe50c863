/**
 * Files under names that the user gave: what may be opened there, and what may be taken away again. Knows nothing of the
 * other rooms; everybody may use it.
 */
package org.jswtpm.server.file;
