package org.jswtpm.engine.tpm2.dispatch;

import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.io.IOException;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.entity.Entity;
import org.jswtpm.engine.tpm2.selftest.SelfTests;
import org.jswtpm.engine.tpm2.startup.BootState;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.StructureTag;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireWriter;

/**
 * Runs a command (Part 3, 5): all stages in the order of libtpms, so that a command with several faults gets the same answer.
 * What a command changed in NV is committed before its response leaves.
 *
 * <p>Not thread safe; the TPM's lock is held.
 */
public final class Dispatcher {
    private static final int RESPONSE_SIZE_POSITION = 2;

    private final TpmState tpm;
    private final NvStore store;
    private final HeaderStage header;
    private final HandleStage handles;
    private final SessionStage sessions;
    private final AuthorizationStage authorization;
    private final ResponseStage response;
    private final FailureMode failureMode;
    private final WireWriter out = new WireWriter();

    public Dispatcher(TpmState tpm, NvStore store) {
        this.tpm = tpm;
        this.store = store;
        header = new HeaderStage(tpm);
        handles = new HandleStage(tpm);
        sessions = new SessionStage(tpm);
        authorization = new AuthorizationStage(tpm);
        response = new ResponseStage(tpm);
        failureMode = new FailureMode(tpm);
    }

    /**
     * Runs {@code command}, which is not changed.
     *
     * @return the whole response
     */
    public byte[] execute(byte[] command, int locality) {
        tpm.changes().reset();
        if (tpm.selfTests().isFailed()) {
            return failureMode.answer(command);
        }
        tpm.setLocality(locality);
        if (tpm.boot().isStarted()) {
            tpm.updateTime();
        }
        byte[] answer = answer(command);
        clearOrderly();
        tpm.objects().cleanUpEvicted();
        if (tpm.changes().isCommitNeeded()) {
            try {
                store.commit();
            } catch (IOException e) {
                tpm.selfTests().fail(SelfTests.FATAL_ERROR_INTERNAL);
            }
        }
        return tpm.selfTests().isFailed() ? failureMode.answer(command) : answer;
    }

    private byte[] answer(byte[] command) {
        Exchange exchange = new Exchange(command.clone(), out);
        try {
            header.run(exchange);
            handles.run(exchange);
            sessions.run(exchange);
            authorization.run(exchange);
            run(exchange, exchange.command);
            return out.toArray();
        } catch (TpmException e) {
            return FailureMode.failure(e.responseCode());
        } finally {
            exchange.wipe();
            out.wipe();
        }
    }

    private <I, O> void run(Exchange exchange, Command<I, O> command) {
        I in = unmarshal(exchange, command);
        O result = command.execute(in, tpm);
        out.uint16(exchange.hasSessions ? StructureTag.SESSIONS.value() : StructureTag.NO_SESSIONS.value());
        out.uint32(0).uint32(TpmRc.SUCCESS.value());
        if (exchange.code.returnsHandle()) {
            command.responseHandle(result).marshal(out);
        }
        int sizeMark = exchange.hasSessions ? out.beginSized4() : 0;
        int parameters = out.size();
        command.marshal(result, out);
        if (exchange.hasSessions) {
            out.endSized4(sizeMark);
        }
        response.run(exchange, parameters);
        out.patchUint32(RESPONSE_SIZE_POSITION, out.size());
    }

    private <I> I unmarshal(Exchange exchange, Command<I, ?> command) {
        Entity[] entities = exchange.entities;
        Handle[] handles = new Handle[entities.length];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = entities[i].handle();
        }
        ParameterReader reader = new ParameterReader(exchange.in, tpm.algorithms());
        I in;
        try {
            in = command.unmarshal(new Handles(handles), reader);
        } catch (TpmException e) {
            throw new TpmRc(e.responseCode()).parameter(reader.current()).exception();
        }
        check(reader.remaining() == 0, SIZE);
        return in;
    }

    /** A command that changes what an orderly shutdown has saved makes the shutdown a disorderly one. */
    private void clearOrderly() {
        BootState boot = tpm.boot();
        if (tpm.changes().isOrderlyToBeCleared() && boot.isOrderly()) {
            boot.setOrderlyState(tpm.lockout().isProtectedEntityUsed() ? BootState.SU_DA_USED : BootState.SU_NONE);
        }
    }
}
