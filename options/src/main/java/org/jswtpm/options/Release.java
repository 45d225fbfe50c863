package org.jswtpm.options;

/** Which swtpm the programs follow. */
public final class Release {
    /** The release; scripts compare it, so it has swtpm's shape. */
    public static final String VERSION = "0.11.0";

    private Release() {}

    /** The line that {@code --version} prints, without its end. */
    public static String line(String title) {
        return title + " version " + VERSION + ", jswtpm";
    }
}
