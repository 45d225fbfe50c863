/** What the differential tests of both versions share: what is compared, what differs, and how commands are damaged. */
package org.jswtpm.engine.differential;
