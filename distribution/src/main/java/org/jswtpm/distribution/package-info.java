/**
 * Builds {@code server/target/jswtpm/}: a Java runtime that holds the daemon's modules and nothing else, the cache of
 * its loaded classes, and the launchers. Runs in the build only, on the JDK that builds.
 */
package org.jswtpm.distribution;
