/** Fuzz targets for Jazzer, and the test that runs each of them for a while. */
package org.jswtpm.fuzz;
