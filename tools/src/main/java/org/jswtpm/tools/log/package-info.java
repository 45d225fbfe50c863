/** Messages of the programs that may have a log file: appended to it, or printed where there is none. */
package org.jswtpm.tools.log;
