package org.jswtpm.server.process;

/**
 * The system calls that a running TPM has no use for: to start programs, to change users, roots, clocks, mounts, modules
 * or other processes, and such that were often a way into the kernel.
 *
 * <p>It is swtpm's list as far as a VM allows: a VM makes threads (clone, prctl for their names) and wakes them from
 * waiting (tgkill), and reads its limits (prlimit64). Measured by strace over all that the system tests do.
 */
final class ForbiddenCalls {
    /** Name, number on x86_64 and on aarch64; a dash where there is no such call. */
    private static final String TABLE = """
        capset:126:91 pivot_root:155:41 chroot:161:51 settimeofday:164:170 clock_adjtime:305:266 \
        clock_settime:227:112 adjtimex:159:171 fsopen:430:430 fsconfig:431:431 fsmount:432:432 fspick:433:433 \
        mount:165:40 move_mount:429:429 mount_setattr:442:442 umount2:166:39 open_tree:428:428 swapon:167:224 \
        swapoff:168:225 reboot:169:142 kexec_load:246:104 unshare:272:97 setns:308:268 kcmp:312:272 \
        init_module:175:105 finit_module:313:273 delete_module:176:106 seccomp:317:277 \
        kexec_file_load:320:294 semget:64:190 semop:65:193 semtimedop:220:192 semctl:66:191 shmget:29:194 \
        shmat:30:196 shmctl:31:195 shmdt:67:197 msgget:68:186 msgsnd:69:189 msgrcv:70:188 msgctl:71:187 \
        mq_open:240:180 mq_unlink:241:181 mq_timedsend:242:182 mq_timedreceive:243:183 mq_notify:244:184 \
        mq_getsetattr:245:185 ptrace:101:117 syslog:103:116 capget:125:90 personality:135:92 sysfs:139:- \
        getpriority:140:141 setpriority:141:140 sched_setparam:142:118 sched_setscheduler:144:119 \
        sched_setaffinity:203:122 sched_setattr:314:274 vhangup:153:58 sethostname:170:161 \
        setdomainname:171:162 quotactl:179:60 quotactl_fd:443:443 readahead:187:213 lookup_dcookie:212:18 \
        add_key:248:217 request_key:249:218 keyctl:250:219 inotify_init:253:- inotify_init1:294:26 \
        inotify_add_watch:254:27 inotify_rm_watch:255:28 splice:275:76 tee:276:77 vmsplice:278:75 \
        signalfd:282:- signalfd4:289:74 timerfd_create:283:85 timerfd_settime:286:86 timerfd_gettime:287:87 \
        fanotify_init:300:262 fanotify_mark:301:263 mknod:133:- mknodat:259:33 acct:163:89 setrlimit:160:164 \
        bpf:321:280 setxattr:188:5 lsetxattr:189:6 fsetxattr:190:7 getxattr:191:8 lgetxattr:192:9 \
        fgetxattr:193:10 listxattr:194:11 llistxattr:195:12 flistxattr:196:13 removexattr:197:14 \
        lremovexattr:198:15 fremovexattr:199:16 fork:57:- vfork:58:- execve:59:221 execveat:322:281 \
        iopl:172:- ioperm:173:- io_setup:206:0 io_destroy:207:1 io_getevents:208:4 io_submit:209:2 \
        io_cancel:210:3 ioprio_set:251:30 ioprio_get:252:31 io_uring_setup:425:425 io_uring_enter:426:426 \
        io_uring_register:427:427 setuid:105:146 setgid:106:144 setpgid:109:154 setsid:112:157 \
        setreuid:113:145 setregid:114:143 setgroups:116:159 setresuid:117:147 setresgid:119:149 \
        setfsuid:122:151 setfsgid:123:152 userfaultfd:323:282 perf_event_open:298:241 \
        process_vm_readv:310:270 process_vm_writev:311:271 pidfd_getfd:438:438 open_by_handle_at:304:265 \
        name_to_handle_at:303:264 \
        """;

    private ForbiddenCalls() {}

    /** Their numbers on this machine's processor. */
    static int[] numbers(boolean x86) {
        int[] numbers = new int[TABLE.length() / 8];
        int count = 0;
        int start = 0;
        for (int end = TABLE.indexOf(' '); end >= 0; end = TABLE.indexOf(' ', start)) {
            int first = TABLE.indexOf(':', start);
            int second = TABLE.indexOf(':', first + 1);
            String number = x86 ? TABLE.substring(first + 1, second) : TABLE.substring(second + 1, end);
            if (!number.equals("-")) {
                numbers[count++] = Integer.parseInt(number);
            }
            start = end + 1;
        }
        int[] exact = new int[count];
        System.arraycopy(numbers, 0, exact, 0, count);
        return exact;
    }
}
