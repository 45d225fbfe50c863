/** The configuration files of swtpm's programs: where they are looked for, and {@code name = value} lines in them. */
package org.jswtpm.tools.config;
