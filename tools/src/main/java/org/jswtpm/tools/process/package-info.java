/** Linux system calls that Java lacks, through the foreign function API: locks as flock makes them, and another user. */
package org.jswtpm.tools.process;
