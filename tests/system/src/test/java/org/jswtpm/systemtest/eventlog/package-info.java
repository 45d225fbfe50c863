/**
 * The firmware's event log ("TCG PC Client Platform Firmware Profile", chapter 10) and what PCRs it claims.
 * The log comes from a guest: every size in it is checked before it is believed.
 */
package org.jswtpm.systemtest.eventlog;
