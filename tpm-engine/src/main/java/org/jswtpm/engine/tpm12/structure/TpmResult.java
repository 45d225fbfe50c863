package org.jswtpm.engine.tpm12.structure;

import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireReader;

/**
 * TPM_RESULT (Part 2, 16): the code with which a command ends.
 *
 * @param value the code on the wire
 */
public record TpmResult(int value) {
    /** Mask of the codes that tell of no fault: the command can be sent again later. */
    private static final int NON_FATAL = 0x800;

    public static final TpmResult SUCCESS = new TpmResult(0);
    public static final TpmResult AUTHFAIL = new TpmResult(1);
    public static final TpmResult BADINDEX = new TpmResult(2);
    public static final TpmResult BAD_PARAMETER = new TpmResult(3);
    public static final TpmResult AUDITFAILURE = new TpmResult(4);
    public static final TpmResult CLEAR_DISABLED = new TpmResult(5);
    public static final TpmResult DEACTIVATED = new TpmResult(6);
    public static final TpmResult DISABLED = new TpmResult(7);
    public static final TpmResult DISABLED_CMD = new TpmResult(8);
    public static final TpmResult FAIL = new TpmResult(9);
    public static final TpmResult BAD_ORDINAL = new TpmResult(10);
    public static final TpmResult INSTALL_DISABLED = new TpmResult(11);
    public static final TpmResult INVALID_KEYHANDLE = new TpmResult(12);
    public static final TpmResult KEYNOTFOUND = new TpmResult(13);
    public static final TpmResult INAPPROPRIATE_ENC = new TpmResult(14);
    public static final TpmResult MIGRATEFAIL = new TpmResult(15);
    public static final TpmResult INVALID_PCR_INFO = new TpmResult(16);
    public static final TpmResult NOSPACE = new TpmResult(17);
    public static final TpmResult NOSRK = new TpmResult(18);
    public static final TpmResult NOTSEALED_BLOB = new TpmResult(19);
    public static final TpmResult OWNER_SET = new TpmResult(20);
    public static final TpmResult RESOURCES = new TpmResult(21);
    public static final TpmResult SHORTRANDOM = new TpmResult(22);
    public static final TpmResult SIZE = new TpmResult(23);
    public static final TpmResult WRONGPCRVAL = new TpmResult(24);
    public static final TpmResult BAD_PARAM_SIZE = new TpmResult(25);
    public static final TpmResult SHA_THREAD = new TpmResult(26);
    public static final TpmResult SHA_ERROR = new TpmResult(27);
    public static final TpmResult FAILEDSELFTEST = new TpmResult(28);
    public static final TpmResult AUTH2FAIL = new TpmResult(29);
    public static final TpmResult BADTAG = new TpmResult(30);
    public static final TpmResult IOERROR = new TpmResult(31);
    public static final TpmResult ENCRYPT_ERROR = new TpmResult(32);
    public static final TpmResult DECRYPT_ERROR = new TpmResult(33);
    public static final TpmResult INVALID_AUTHHANDLE = new TpmResult(34);
    public static final TpmResult NO_ENDORSEMENT = new TpmResult(35);
    public static final TpmResult INVALID_KEYUSAGE = new TpmResult(36);
    public static final TpmResult WRONG_ENTITYTYPE = new TpmResult(37);
    public static final TpmResult INVALID_POSTINIT = new TpmResult(38);
    public static final TpmResult INAPPROPRIATE_SIG = new TpmResult(39);
    public static final TpmResult BAD_KEY_PROPERTY = new TpmResult(40);
    public static final TpmResult BAD_MIGRATION = new TpmResult(41);
    public static final TpmResult BAD_SCHEME = new TpmResult(42);
    public static final TpmResult BAD_DATASIZE = new TpmResult(43);
    public static final TpmResult BAD_MODE = new TpmResult(44);
    public static final TpmResult BAD_PRESENCE = new TpmResult(45);
    public static final TpmResult BAD_VERSION = new TpmResult(46);
    public static final TpmResult NO_WRAP_TRANSPORT = new TpmResult(47);
    public static final TpmResult AUDITFAIL_UNSUCCESSFUL = new TpmResult(48);
    public static final TpmResult AUDITFAIL_SUCCESSFUL = new TpmResult(49);
    public static final TpmResult NOTRESETABLE = new TpmResult(50);
    public static final TpmResult NOTLOCAL = new TpmResult(51);
    public static final TpmResult BAD_TYPE = new TpmResult(52);
    public static final TpmResult INVALID_RESOURCE = new TpmResult(53);
    public static final TpmResult NOTFIPS = new TpmResult(54);
    public static final TpmResult INVALID_FAMILY = new TpmResult(55);
    public static final TpmResult NO_NV_PERMISSION = new TpmResult(56);
    public static final TpmResult REQUIRES_SIGN = new TpmResult(57);
    public static final TpmResult KEY_NOTSUPPORTED = new TpmResult(58);
    public static final TpmResult AUTH_CONFLICT = new TpmResult(59);
    public static final TpmResult AREA_LOCKED = new TpmResult(60);
    public static final TpmResult BAD_LOCALITY = new TpmResult(61);
    public static final TpmResult READ_ONLY = new TpmResult(62);
    public static final TpmResult PER_NOWRITE = new TpmResult(63);
    public static final TpmResult FAMILYCOUNT = new TpmResult(64);
    public static final TpmResult WRITE_LOCKED = new TpmResult(65);
    public static final TpmResult BAD_ATTRIBUTES = new TpmResult(66);
    public static final TpmResult INVALID_STRUCTURE = new TpmResult(67);
    public static final TpmResult KEY_OWNER_CONTROL = new TpmResult(68);
    public static final TpmResult BAD_COUNTER = new TpmResult(69);
    public static final TpmResult NOT_FULLWRITE = new TpmResult(70);
    public static final TpmResult CONTEXT_GAP = new TpmResult(71);
    public static final TpmResult MAXNVWRITES = new TpmResult(72);
    public static final TpmResult NOOPERATOR = new TpmResult(73);
    public static final TpmResult RESOURCEMISSING = new TpmResult(74);
    public static final TpmResult DELEGATE_LOCK = new TpmResult(75);
    public static final TpmResult DELEGATE_FAMILY = new TpmResult(76);
    public static final TpmResult DELEGATE_ADMIN = new TpmResult(77);
    public static final TpmResult TRANSPORT_NOTEXCLUSIVE = new TpmResult(78);
    public static final TpmResult OWNER_CONTROL = new TpmResult(79);
    public static final TpmResult DAA_RESOURCES = new TpmResult(80);
    public static final TpmResult DAA_INPUT_DATA0 = new TpmResult(81);
    public static final TpmResult DAA_INPUT_DATA1 = new TpmResult(82);
    public static final TpmResult DAA_ISSUER_SETTINGS = new TpmResult(83);
    public static final TpmResult DAA_TPM_SETTINGS = new TpmResult(84);
    public static final TpmResult DAA_STAGE = new TpmResult(85);
    public static final TpmResult DAA_ISSUER_VALIDITY = new TpmResult(86);
    public static final TpmResult DAA_WRONG_W = new TpmResult(87);
    public static final TpmResult BAD_HANDLE = new TpmResult(88);
    public static final TpmResult BAD_DELEGATE = new TpmResult(89);
    public static final TpmResult BADCONTEXT = new TpmResult(90);
    public static final TpmResult TOOMANYCONTEXTS = new TpmResult(91);
    public static final TpmResult MA_TICKET_SIGNATURE = new TpmResult(92);
    public static final TpmResult MA_DESTINATION = new TpmResult(93);
    public static final TpmResult MA_SOURCE = new TpmResult(94);
    public static final TpmResult MA_AUTHORITY = new TpmResult(95);
    public static final TpmResult PERMANENTEK = new TpmResult(97);
    public static final TpmResult BAD_SIGNATURE = new TpmResult(98);
    public static final TpmResult NOCONTEXTSPACE = new TpmResult(99);

    public static final TpmResult RETRY = new TpmResult(NON_FATAL + 0);
    public static final TpmResult NEEDS_SELFTEST = new TpmResult(NON_FATAL + 1);
    public static final TpmResult DOING_SELFTEST = new TpmResult(NON_FATAL + 2);
    public static final TpmResult DEFEND_LOCK_RUNNING = new TpmResult(NON_FATAL + 3);

    /** The codes by which a {@link WireReader} of TPM 1.2 tells of a fault. */
    public static final WireReader.Faults WIRE_FAULTS = new WireReader.Faults(BAD_PARAM_SIZE.value, SIZE.value);

    /** To be thrown: {@code throw BADINDEX.exception()}. */
    public TpmException exception() {
        return new TpmException(value);
    }

    /** Ends the command with {@code answer} unless {@code condition} holds. */
    public static void check(boolean condition, TpmResult answer) {
        if (!condition) {
            throw answer.exception();
        }
    }

    /** Whether {@code fault} carries this code. */
    public boolean isOf(TpmException fault) {
        return fault.responseCode() == value;
    }
}
