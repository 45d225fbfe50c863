/** Where state blobs live: swtpm's files and what is around the blobs in them. */
package org.jswtpm.store;
