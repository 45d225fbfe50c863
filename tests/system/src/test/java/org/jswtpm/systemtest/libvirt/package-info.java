/**
 * A libvirt of the tests' own, in system mode, whose swtpm is the built distribution. It runs in namespaces of its own, so
 * it neither meets a libvirt of the machine nor leaves anything behind; root alone can make them.
 */
package org.jswtpm.systemtest.libvirt;
