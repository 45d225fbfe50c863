/** {@code --pcap}: records what goes to and from the TPM, as a file of packets that Wireshark reads. */
package org.jswtpm.server.record;
