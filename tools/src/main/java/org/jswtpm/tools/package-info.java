/** The programs that come with swtpm. {@link org.jswtpm.tools.Main} starts the one that its launcher names. */
package org.jswtpm.tools;
