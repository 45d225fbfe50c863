package org.jswtpm.engine.tpm12.dispatch;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUDITFAIL_SUCCESSFUL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BADTAG;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_ORDINAL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAM_SIZE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DEFEND_LOCK_RUNNING;
import static org.jswtpm.engine.tpm12.structure.TpmResult.FAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.SIZE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.io.IOException;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.Commands;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.command.transport.ExecuteTransport;
import org.jswtpm.engine.tpm12.structure.CommandTag;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * Runs a command: all stages in the order of libtpms, so that a command with several faults gets the same answer. What a command
 * changed in NV is committed before its response is authorized and leaves.
 *
 * <p>Not thread safe; the TPM's lock is held.
 */
public final class Dispatcher {
    private static final int HEADER_SIZE = 10;
    private static final int SIZE_POSITION = 2;
    /** Where the stage of TPM_DAA_Join and TPM_DAA_Sign is, behind the handle. */
    private static final int DAA_STAGE_POSITION = HEADER_SIZE + 4;

    private final TpmState tpm;
    private final NvStore store;
    private final Preprocessing preprocessing;
    private final StateCheck stateCheck;
    private final WireWriter out = new WireWriter();

    public Dispatcher(TpmState tpm, NvStore store) {
        this.tpm = tpm;
        this.store = store;
        preprocessing = new Preprocessing(tpm);
        stateCheck = new StateCheck(tpm);
    }

    /**
     * Runs {@code command}, which is not changed.
     *
     * @return the whole response
     */
    public byte[] execute(byte[] command, int locality) {
        Exchange exchange = new Exchange(command.clone(), out);
        try {
            readHeader(exchange);
            preprocessing.run(exchange.ordinal, locality);
            run(exchange);
            return out.toArray();
        } catch (TpmException e) {
            return answerFault(exchange, e);
        } finally {
            wipe(exchange);
        }
    }

    /**
     * Runs a command that came in a transport session.
     *
     * @param command wiped
     * @return the whole response
     */
    private byte[] executeWrapped(byte[] command, int transportHandle) {
        Exchange exchange = new Exchange(command, out);
        try {
            readHeader(exchange);
            preprocessing.prepare(exchange.ordinal, transportHandle);
            run(exchange);
            return out.toArray();
        } catch (TpmException e) {
            return answerFault(exchange, e);
        } finally {
            wipe(exchange);
        }
    }

    private byte[] answerFault(Exchange exchange, TpmException fault) {
        terminateSessions(exchange, fault);
        if (FAIL.isOf(fault)) {
            tpm.selfTest().fail();
        }
        return answer(CommandTag.RESPONSE_WITHOUT_AUTH, fault.responseCode());
    }

    private void wipe(Exchange exchange) {
        exchange.wipe();
        out.wipe();
        tpm.takeNvChanged();
    }

    private static void readHeader(Exchange exchange) {
        exchange.tag = CommandTag.of(exchange.in.uint16());
        long size = exchange.in.unsigned32();
        exchange.ordinal = Ordinal.of(exchange.in.uint32());
        check(size == exchange.command.length, BAD_PARAM_SIZE);
    }

    private void run(Exchange exchange) {
        Command<?, ?> command = command(exchange.ordinal);
        if (command == null) {
            noCommand(exchange);
        } else if (exchange.ordinal == Ordinal.STARTUP) {
            startUp(exchange, command);
        } else if (exchange.ordinal == Ordinal.DAA_JOIN || exchange.ordinal == Ordinal.DAA_SIGN) {
            runDaa(exchange, command);
        } else {
            run(exchange, command);
        }
    }

    /** The command of a transport session runs with an output of its own. */
    private Command<?, ?> command(Ordinal ordinal) {
        if (ordinal == Ordinal.EXECUTE_TRANSPORT) {
            return new ExecuteTransport(new Dispatcher(tpm, store)::executeWrapped);
        }
        return ordinal == null ? null : Commands.of(ordinal);
    }

    /** TPM_Startup ends what TPM_Init began, and makes the saved state void, even if it fails at its form. */
    private void startUp(Exchange exchange, Command<?, ?> command) {
        try {
            run(exchange, command);
        } catch (TpmException e) {
            forgetSavedState();
            throw e;
        } finally {
            tpm.stanyFlags().endPostInitialise();
        }
        tpm.deleteSavedState();
    }

    /** Where TPM_Startup has failed that is its answer, whatever comes of this. */
    private void forgetSavedState() {
        try {
            tpm.deleteSavedState();
        } catch (TpmException e) {
            // libtpms lets the first fault count
        }
    }

    /** Whatever is wrong with a stage of DAA ends the session (Part 3, 26), as in libtpms even if nobody has authorized it. */
    private void runDaa(Exchange exchange, Command<?, ?> command) {
        try {
            run(exchange, command);
        } catch (TpmException e) {
            endDaaSession(exchange);
            throw e;
        }
    }

    /** A stage of 0 has no session; so has a command that does not come to its stage. */
    private void endDaaSession(Exchange exchange) {
        byte[] command = exchange.command;
        if (command.length > DAA_STAGE_POSITION && command[DAA_STAGE_POSITION] != 0) {
            WireReader handle = WireReader.over(command, TpmResult.WIRE_FAULTS);
            handle.skip(HEADER_SIZE);
            tpm.daaSessions().terminateIfAny(handle.uint32());
        }
    }

    /** An ordinal that does nothing is refused with the tag of a success; TPM_Init looks at its form before. */
    private void noCommand(Exchange exchange) {
        int code = BAD_ORDINAL.value();
        if (exchange.ordinal == Ordinal.INIT) {
            code = exchange.tag != CommandTag.COMMAND
                    ? BADTAG.value()
                    : exchange.in.remaining() != 0 ? BAD_PARAM_SIZE.value() : code;
        }
        beginResponse(exchange, code);
        endResponse();
    }

    private <I, O> void run(Exchange exchange, Command<I, O> command) {
        ParameterReader reader = new ParameterReader(exchange.in);
        I in = command.unmarshal(reader);
        exchange.inputDigest =
                ParameterDigest.ofCommand(exchange.ordinal, exchange.command, reader.digestBegin(), reader.digestEnd());
        stateCheck.run(exchange.ordinal, exchange.tag != CommandTag.COMMAND);
        check(exchange.tag != null && exchange.ordinal.allows(exchange.tag), BADTAG);
        Authorizations authorizations =
                Authorizations.unmarshal(tpm, exchange.ordinal, exchange.tag, exchange.inputDigest, exchange.in);
        check(exchange.in.remaining() == 0, BAD_PARAM_SIZE);
        exchange.authorizations = authorizations;
        boolean isAudited = tpm.audit().isAudited(exchange.ordinal);
        if (isAudited && exchange.ordinal == Ordinal.SAVE_STATE) {
            auditCommand(exchange);
        }
        O result = command.execute(in, tpm, authorizations);
        commit();
        respond(exchange, command, result, isAudited);
        check(out.size() <= tpm.bufferSize(), SIZE);
    }

    private <O> void respond(Exchange exchange, Command<?, O> command, O result, boolean isAudited) {
        beginResponse(exchange, 0);
        command.marshalUndigested(result, out);
        int begin = out.size();
        command.marshal(result, out);
        byte[] outputDigest = ParameterDigest.ofResponse(exchange.ordinal, out.copy(begin, out.size() - begin));
        exchange.authorizations.marshalResponse(outputDigest, out);
        if (isAudited && exchange.ordinal != Ordinal.SAVE_STATE) {
            auditCommand(exchange);
            tpm.audit().extendOut(outputDigest);
        }
        endResponse();
    }

    /** Part 1, 21: the audit of a command that succeeded. */
    private void auditCommand(Exchange exchange) {
        if (tpm.audit().isDigestZero()) {
            tpm.audit().counter().increment();
            tpm.nvChanged();
        }
        tpm.audit().extendIn(exchange.inputDigest);
        try {
            commit();
        } catch (TpmException e) {
            tpm.selfTest().fail();
            throw AUDITFAIL_SUCCESSFUL.exception();
        }
    }

    private void commit() {
        if (tpm.takeNvChanged()) {
            try {
                store.commit();
            } catch (IOException e) {
                throw FAIL.exception();
            }
        }
    }

    /** A command that fails ends the sessions it was authorized by, unless it only has to wait. */
    private static void terminateSessions(Exchange exchange, TpmException fault) {
        if (exchange.authorizations != null && !DEFEND_LOCK_RUNNING.isOf(fault)) {
            exchange.authorizations.terminate();
        }
    }

    private void beginResponse(Exchange exchange, int code) {
        out.uint16(exchange.tag == null ? CommandTag.RESPONSE_WITHOUT_AUTH : exchange.tag.response());
        out.uint32(HEADER_SIZE).uint32(code);
    }

    private void endResponse() {
        out.patchUint32(SIZE_POSITION, out.size());
    }

    /** A response of ten octets. */
    public static byte[] answer(int tag, int code) {
        return new WireWriter().uint16(tag).uint32(HEADER_SIZE).uint32(code).toArray();
    }
}
