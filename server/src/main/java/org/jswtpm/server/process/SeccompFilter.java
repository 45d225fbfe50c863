package org.jswtpm.server.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jswtpm.server.cli.Settings.SeccompAction;

/**
 * {@code --seccomp}: a filter of the system calls of all threads of this process, from {@link #install} on.
 *
 * <p>The program, for the kernel's classic BPF machine (seccomp(2)):
 *
 * <pre>
 *  another architecture, or the 32-bit calls of x86_64   -&gt; action
 *  one of {@link ForbiddenCalls}                          -&gt; action
 *  clone3                                                -&gt; ENOSYS, so that the C library calls clone
 *  clone without CLONE_THREAD, that is a new process     -&gt; action
 *  all else                                              -&gt; allowed
 * </pre>
 */
public final class SeccompFilter {
    private static final long PR_SET_NO_NEW_PRIVS = 38;
    private static final long SECCOMP_SET_MODE_FILTER = 1;
    private static final long SECCOMP_FILTER_FLAG_TSYNC = 1;

    private static final int RET_KILL_PROCESS = 0x8000_0000;
    private static final int RET_ERRNO_ENOSYS = 0x0005_0000 | 38;
    private static final int RET_LOG = 0x7FFC_0000;
    private static final int RET_ALLOW = 0x7FFF_0000;

    /** BPF_LD | BPF_W | BPF_ABS, BPF_JMP with BPF_JEQ, BPF_JGE or BPF_JSET and BPF_K, BPF_RET | BPF_K. */
    private static final int LOAD = 0x20;

    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_NOT_LESS = 0x35;
    private static final int JUMP_IF_SET = 0x45;
    private static final int RETURN = 0x06;

    /** Offsets in struct seccomp_data; the first argument's low word, on a little-endian machine. */
    private static final int NUMBER = 0;

    private static final int ARCHITECTURE = 4;
    private static final int FIRST_ARGUMENT = 16;

    private static final int AUDIT_ARCH_X86_64 = 0xC000_003E;
    private static final int AUDIT_ARCH_AARCH64 = 0xC000_00B7;
    private static final int X32_CALLS = 0x4000_0000;
    private static final int CLONE3 = 435;
    private static final int CLONE_THREAD = 0x0001_0000;

    private static final int SIZE_OF_INSTRUCTION = 8;

    private final boolean x86;
    private final MemorySegment program;
    private int length;

    private SeccompFilter(Arena arena, boolean x86, int maxLength) {
        this.x86 = x86;
        this.program = arena.allocate((long) SIZE_OF_INSTRUCTION * maxLength, Long.BYTES);
    }

    /**
     * Installs the filter. It stays until the process ends.
     *
     * @throws IOException with a message for the user
     */
    public static void install(SeccompAction action) throws IOException {
        if (action == SeccompAction.NONE) {
            return;
        }
        String architecture = System.getProperty("os.arch");
        boolean x86 = architecture.equals("amd64");
        if (!x86 && !architecture.equals("aarch64")) {
            throw new IOException("--seccomp is not supported on " + architecture + "; use action=none");
        }
        try (Arena arena = Arena.ofConfined()) {
            int[] forbidden = ForbiddenCalls.numbers(x86);
            SeccompFilter filter = new SeccompFilter(arena, x86, forbidden.length + 16);
            filter.write(forbidden, action == SeccompAction.LOG ? RET_LOG : RET_KILL_PROCESS);
            filter.load(arena);
        }
    }

    /** Jumps count the instructions that are left out; those to the end are known as the calls are counted. */
    private void write(int[] forbidden, int action) {
        int toAction = forbidden.length + 8;
        add(LOAD, 0, 0, ARCHITECTURE);
        add(JUMP_IF_EQUAL, 0, toAction, x86 ? AUDIT_ARCH_X86_64 : AUDIT_ARCH_AARCH64);
        add(LOAD, 0, 0, NUMBER);
        add(JUMP_IF_NOT_LESS, toAction - 2, 0, X32_CALLS);
        for (int i = 0; i < forbidden.length; i++) {
            add(JUMP_IF_EQUAL, toAction - 3 - i, 0, forbidden[i]);
        }
        add(JUMP_IF_EQUAL, 4, 0, CLONE3);
        add(JUMP_IF_EQUAL, 0, 2, x86 ? 56 : 220); // clone
        add(LOAD, 0, 0, FIRST_ARGUMENT);
        add(JUMP_IF_SET, 0, 2, CLONE_THREAD);
        add(RETURN, 0, 0, RET_ALLOW);
        add(RETURN, 0, 0, RET_ERRNO_ENOSYS);
        add(RETURN, 0, 0, action);
    }

    /** struct sock_filter. */
    private void add(int code, int ifTrue, int ifFalse, int operand) {
        long at = (long) SIZE_OF_INSTRUCTION * length++;
        program.set(ValueLayout.JAVA_SHORT, at, (short) code);
        program.set(ValueLayout.JAVA_BYTE, at + 2, (byte) ifTrue);
        program.set(ValueLayout.JAVA_BYTE, at + 3, (byte) ifFalse);
        program.set(ValueLayout.JAVA_INT, at + 4, operand);
    }

    /** One linked function for both calls, since linking is most of the time that this takes. */
    private void load(Arena arena) throws IOException {
        MemorySegment description = arena.allocate(16, Long.BYTES); // struct sock_fprog
        description.set(ValueLayout.JAVA_SHORT, 0, (short) length);
        description.set(ValueLayout.ADDRESS, 8, program);
        // syscall is variadic; arguments that are whole numbers go as those of a plain function
        MethodHandle syscall = SystemCall.link(
                "syscall",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG));
        long prctl = x86 ? 157 : 167;
        long seccomp = x86 ? 317 : 277;
        try {
            long done = (long) syscall.invokeExact(prctl, PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L);
            if (done == 0) {
                done = (long) syscall.invokeExact(
                        seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, description.address(), 0L, 0L);
            }
            if (done != 0) {
                // above 0 it is the thread that has another filter
                throw new IOException("The seccomp filter could not be installed: " + done
                        + "; this kernel or container may forbid it, use --seccomp action=none");
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("syscall could not be called", e);
        }
    }
}
