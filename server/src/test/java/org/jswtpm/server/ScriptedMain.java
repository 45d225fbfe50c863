package org.jswtpm.server;

/** Our daemon as a process of its own, with a {@link ScriptedTpm}. */
final class ScriptedMain {
    private ScriptedMain() {}

    public static void main(String[] args) {
        Runtime.getRuntime().halt(Program.run(args, (version, host) -> new ScriptedTpm()));
    }
}
