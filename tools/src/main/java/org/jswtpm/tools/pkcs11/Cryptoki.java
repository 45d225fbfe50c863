package org.jswtpm.tools.pkcs11;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

/** The functions of a module, called by their places in CK_FUNCTION_LIST (PKCS #11, 5.3). */
final class Cryptoki {
    /** Functions, as they stand in CK_FUNCTION_LIST. */
    enum Function {
        INITIALIZE(0),
        FINALIZE(1),
        GET_SLOT_LIST(4),
        GET_TOKEN_INFO(6),
        OPEN_SESSION(12),
        CLOSE_SESSION(13),
        LOGIN(18),
        GET_ATTRIBUTE_VALUE(24),
        FIND_OBJECTS_INIT(26),
        FIND_OBJECTS(27),
        FIND_OBJECTS_FINAL(28),
        SIGN_INIT(42),
        SIGN(43);

        private final int place;

        Function(int place) {
            this.place = place;
        }
    }

    private static final long VERSION_SIZE = ValueLayout.ADDRESS.byteSize(); // CK_VERSION, padded

    private final MemorySegment functions;

    private Cryptoki(MemorySegment functions) {
        this.functions = functions;
    }

    /** Loads a module, which stays until the end of the process: some do not bear to be unloaded. */
    @SuppressWarnings("restricted") // the module is started with --enable-native-access
    static Cryptoki load(String library) throws Pkcs11Exception {
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup module = SymbolLookup.libraryLookup(library, Arena.global());
            MemorySegment list = arena.allocate(ValueLayout.ADDRESS);
            long result = (long) Linker.nativeLinker()
                    .downcallHandle(
                            module.findOrThrow("C_GetFunctionList"),
                            FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS))
                    .invokeExact(list);
            check("C_GetFunctionList", result);
            long size = VERSION_SIZE + (Function.SIGN.place + 1) * ValueLayout.ADDRESS.byteSize();
            return new Cryptoki(list.get(ValueLayout.ADDRESS, 0).reinterpret(size));
        } catch (Pkcs11Exception e) {
            throw e;
        } catch (Throwable e) {
            throw new Pkcs11Exception("Could not load the PKCS #11 module " + library + ": " + e.getMessage());
        }
    }

    /** Calls a function, which has to succeed. */
    void call(Function function, Object... arguments) throws Pkcs11Exception {
        check(name(function), result(function, arguments));
    }

    /** Calls a function with numbers, octets and addresses; its CK_RV. */
    @SuppressWarnings("restricted") // the module is started with --enable-native-access
    long result(Function function, Object... arguments) throws Pkcs11Exception {
        MemoryLayout[] layouts = new MemoryLayout[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            layouts[i] = switch (arguments[i]) {
                case Long _ -> ValueLayout.JAVA_LONG;
                case Byte _ -> ValueLayout.JAVA_BYTE;
                default -> ValueLayout.ADDRESS;
            };
        }
        long place = VERSION_SIZE + function.place * ValueLayout.ADDRESS.byteSize();
        try {
            return (long) Linker.nativeLinker()
                    .downcallHandle(
                            functions.get(ValueLayout.ADDRESS, place),
                            FunctionDescriptor.of(ValueLayout.JAVA_LONG, layouts))
                    .invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new Pkcs11Exception(name(function) + " could not be called: " + e.getMessage());
        }
    }

    private static String name(Function function) {
        return "The PKCS #11 function " + function;
    }

    private static void check(String what, long result) throws Pkcs11Exception {
        if (result != 0) {
            throw new Pkcs11Exception(what + " answers 0x" + Long.toHexString(result) + ".");
        }
    }
}
