/** TSS.Java, Microsoft's TPM 2.0 library, as a client of the engine in the same process. */
package org.jswtpm.client;
