package org.jswtpm.server;

import java.io.IOException;
import org.jswtpm.server.log.Log;
import org.jswtpm.server.process.ClosedMemory;
import org.jswtpm.server.process.UnusedMemory;

/**
 * Closes the process's memory to others once the TPM has been started (system calls are linked for it, which would hold the start
 * up), and gives back what is unused of it whenever the TPM has been used and is left alone.
 */
record MemoryKeeper(TpmServer server, ClosedMemory memory, Log log) implements Runnable {
    static final int STACK = 256 * 1024;

    @Override
    public void run() {
        try {
            server.awaitPower();
            close();
            UnusedMemory unused = new UnusedMemory();
            while (true) {
                server.idleness().await();
                unused.giveBack();
            }
        } catch (IOException e) {
            log.say("Warning: Memory that is not used stays with this process: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            log.fault("the memory keeper", e);
        }
    }

    private void close() {
        try {
            memory.close();
        } catch (IOException e) {
            log.say("Warning: Other processes of this user may look at the TPM's memory: " + e.getMessage());
        }
    }
}
