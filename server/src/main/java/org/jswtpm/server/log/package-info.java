/**
 * Messages for people, with the levels and the form of swtpm's log.
 *
 * <p>Nothing secret is written at any level: of commands that carry authorization values or keys only header and handles are.
 */
package org.jswtpm.server.log;
