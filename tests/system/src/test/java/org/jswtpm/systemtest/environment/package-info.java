/**
 * What a system test needs from the machine: Debian's packages, each known by a file that it installs.
 * Without them a test is skipped with the package's name, but in CI (environment variable {@code CI=true}) it fails.
 */
package org.jswtpm.systemtest.environment;
