/** The architecture as rules over the compiled classes. Each rule's text says what to do instead. */
package org.jswtpm.architecture;
