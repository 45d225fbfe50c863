package org.jswtpm.engine.tpm12.command.capability;

import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.structure.ResourceType;
import org.jswtpm.engine.wire.WireWriter;

/** TPM_KEY_HANDLE_LIST (Part 2, 5.6) of the resources of one type. */
final class HandleList {
    private final WireWriter handles = new WireWriter();
    private int count;

    private HandleList() {}

    /** The handles of a TPM_RESOURCE_TYPE; null if it is none that can be listed. */
    static HandleList of(int resourceType, TpmState tpm) {
        return switch (resourceType) {
            case ResourceType.KEY -> keys(tpm);
            case ResourceType.AUTH -> authSessions(tpm);
            case ResourceType.TRANS -> transports(tpm);
            case ResourceType.CONTEXT -> contexts(tpm);
            case ResourceType.COUNTER -> counters(tpm);
            case ResourceType.DAA_TPM -> daaSessions(tpm);
            default -> null;
        };
    }

    static HandleList keys(TpmState tpm) {
        HandleList list = new HandleList();
        for (int i = 0; i < tpm.keys().size(); i++) {
            if (tpm.keys().at(i) != null) {
                list.add(tpm.keys().at(i).handle());
            }
        }
        return list;
    }

    private static HandleList authSessions(TpmState tpm) {
        HandleList list = new HandleList();
        for (int i = 0; i < tpm.authSessions().size(); i++) {
            if (tpm.authSessions().at(i) != null) {
                list.add(tpm.authSessions().at(i).handle());
            }
        }
        return list;
    }

    private static HandleList transports(TpmState tpm) {
        HandleList list = new HandleList();
        for (int i = 0; i < tpm.transports().size(); i++) {
            if (tpm.transports().at(i) != null) {
                list.add(tpm.transports().at(i).handle());
            }
        }
        return list;
    }

    private static HandleList contexts(TpmState tpm) {
        HandleList list = new HandleList();
        for (int i = 0; i < tpm.contexts().size(); i++) {
            if (tpm.contexts().at(i) != 0) {
                list.add(tpm.contexts().at(i));
            }
        }
        return list;
    }

    private static HandleList counters(TpmState tpm) {
        HandleList list = new HandleList();
        for (int i = 0; i < tpm.counters().size(); i++) {
            if (tpm.counters().at(i).isValid()) {
                list.add(i);
            }
        }
        return list;
    }

    private static HandleList daaSessions(TpmState tpm) {
        HandleList list = new HandleList();
        for (int i = 0; i < tpm.daaSessions().size(); i++) {
            if (tpm.daaSessions().at(i) != null) {
                list.add(tpm.daaSessions().at(i).handle());
            }
        }
        return list;
    }

    private void add(int handle) {
        handles.uint32(handle);
        count++;
    }

    void marshal(WireWriter out) {
        out.uint16(count).bytes(handles.toBytes());
    }
}
