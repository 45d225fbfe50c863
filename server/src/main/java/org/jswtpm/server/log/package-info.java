/**
 * Messages for people, with the levels and the form of swtpm's log.
 *
 * <p>Nothing secret is written at any level: commands that carry authorization values or keys are logged by their name
 * and size.
 */
package org.jswtpm.server.log;
