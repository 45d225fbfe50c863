package org.jswtpm.systemtest.tpm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reads what a TPM keeps, as names and octets that two runs of the same TPM must agree on. */
public final class TpmContents {
    private static final int FIRST_NV_INDEX = 0x01000000;
    private static final int FIRST_PERSISTENT = 0x81000000;
    private static final int NV_WRITTEN = 0x20000000;

    /** Where the TPM is. */
    public interface Executor {
        /** Runs a command that must succeed. */
        TpmResponse execute(byte[] command) throws IOException;
    }

    private final Executor tpm;
    private final byte[] ownerAuth;

    /** The contents of a TPM whose owner has an auth value. */
    public TpmContents(Executor tpm, byte[] ownerAuth) {
        this.tpm = tpm;
        this.ownerAuth = ownerAuth.clone();
    }

    /** Primary keys, persistent keys, NV indices with their data, PCR banks. */
    public NavigableMap<String, String> read() throws IOException {
        NavigableMap<String, String> contents = new TreeMap<>();
        contents.put("PCR banks", hex(tpm.execute(Tpm2Command.pcrBanks()).parameters(0)));
        persistentKeys().forEach((handle, key) -> contents.put(name("persistent key", handle), key));
        nvIndices().forEach((index, area) -> contents.put(name("NV index", index), area));
        nvData().forEach((index, data) -> contents.put(name("NV data", index), data));
        for (Template template : Template.values()) {
            contents.put("primary key " + template, primary(template));
        }
        return contents;
    }

    /** What TPM2_ReadPublic answers for each persistent handle: public area, name, qualified name. */
    public NavigableMap<Integer, String> persistentKeys() throws IOException {
        NavigableMap<Integer, String> keys = new TreeMap<>();
        for (int handle : handles(FIRST_PERSISTENT)) {
            keys.put(handle, hex(tpm.execute(Tpm2Command.readPublic(handle)).parameters(0)));
        }
        return keys;
    }

    /** What TPM2_NV_ReadPublic answers for each NV index: public area, name. */
    public NavigableMap<Integer, String> nvIndices() throws IOException {
        NavigableMap<Integer, String> indices = new TreeMap<>();
        for (int index : handles(FIRST_NV_INDEX)) {
            indices.put(index, hex(tpm.execute(Tpm2Command.nvReadPublic(index)).parameters(0)));
        }
        return indices;
    }

    /** The data of each NV index, which an empty auth value must open; empty before the first write. */
    public NavigableMap<Integer, String> nvData() throws IOException {
        NavigableMap<Integer, String> data = new TreeMap<>();
        for (int index : handles(FIRST_NV_INDEX)) {
            ByteBuffer response = tpm.execute(Tpm2Command.nvReadPublic(index)).parameters(0);
            ByteBuffer publicArea = ByteBuffer.wrap(TpmResponse.sized(response));
            int size = Short.toUnsignedInt(publicArea.getShort(publicArea.capacity() - 2));
            boolean written = (publicArea.getInt(6) & NV_WRITTEN) != 0;
            data.put(index, written ? nvData(index, size) : "");
        }
        return data;
    }

    /** The public area that a template gives in its hierarchy. */
    public String primary(Template template) throws IOException {
        boolean endorsement = template == Template.EK_RSA_2048 || template == Template.EK_ECC_P256;
        byte[] command = endorsement
                ? Tpm2Command.createPrimary(Tpm2Command.ENDORSEMENT, new byte[0], template)
                : Tpm2Command.createPrimary(Tpm2Command.OWNER, ownerAuth, template);
        TpmResponse response = tpm.execute(command);
        tpm.execute(Tpm2Command.flushContext(response.handle()));
        return HexFormat.of().formatHex(TpmResponse.sized(response.parameters(1)));
    }

    private String nvData(int index, int size) throws IOException {
        ByteBuffer response = tpm.execute(Tpm2Command.nvRead(index, size)).parameters(0);
        return HexFormat.of().formatHex(TpmResponse.sized(response));
    }

    private int[] handles(int first) throws IOException {
        ByteBuffer parameters = tpm.execute(Tpm2Command.handles(first)).parameters(0);
        parameters.position(5); // moreData, capability
        int[] handles = new int[parameters.getInt()];
        parameters.asIntBuffer().get(handles);
        return handles;
    }

    private static String name(String kind, int handle) {
        return kind + " " + HexFormat.of().toHexDigits(handle);
    }

    private static String hex(ByteBuffer octets) {
        byte[] copy = new byte[octets.remaining()];
        octets.get(copy);
        return HexFormat.of().formatHex(copy);
    }
}
