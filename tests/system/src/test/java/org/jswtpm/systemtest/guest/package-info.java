/**
 * Linux guests in QEMU whose TPM is a swtpm process: what they boot is made from Debian's kernel and busybox.
 * The guest tells on a serial port what it sees of the TPM; nothing else is shared with it. No KVM is needed.
 */
package org.jswtpm.systemtest.guest;
