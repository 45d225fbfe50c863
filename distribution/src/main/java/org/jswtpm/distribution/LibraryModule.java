package org.jswtpm.distribution;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Libraries that jlink does not take as they come: Bouncy Castle's jars are signed and
 * ask for modules that only its JCA provider needs. They are linked from copies with a descriptor made here and without
 * signatures (the VM would check a signed class at each load, and keep it out of the AOT cache) and services.
 */
enum LibraryModule {
    BOUNCY_CASTLE("org.bouncycastle.provider", "java.logging"),
    BOUNCY_CASTLE_UTIL("org.bouncycastle.util", "java.logging", "org.bouncycastle.provider"),
    BOUNCY_CASTLE_PKIX("org.bouncycastle.pkix", "java.logging", "org.bouncycastle.provider", "org.bouncycastle.util");

    private static final String DESCRIPTOR = "module-info.class";

    private final String module;
    private final List<String> requires;

    LibraryModule(String module, String... requires) {
        this.module = module;
        this.requires = List.of(requires);
    }

    /** Puts a jar where jlink looks for modules, as it is or as the copy described above. Directories are left out. */
    static void link(Path jar, Path directory) throws IOException {
        if (Files.isDirectory(jar)) {
            return;
        }
        Path target = directory.resolve(jar.getFileName().toString());
        ModuleReference found = ModuleFinder.of(jar).findAll().iterator().next();
        for (LibraryModule library : values()) {
            if (library.module.equals(found.descriptor().name())) {
                library.copy(jar, target, found.descriptor().packages());
                return;
            }
        }
        Files.copy(jar, target);
    }

    private void copy(Path jar, Path target, Set<String> packages) throws IOException {
        try (JarFile source = new JarFile(jar.toFile());
                OutputStream file = Files.newOutputStream(target);
                JarOutputStream copy = new JarOutputStream(file)) {
            Enumeration<JarEntry> entries = source.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                if (isKept(entry)) {
                    copy.putNextEntry(new JarEntry(entry.getName()));
                    source.getInputStream(entry).transferTo(copy);
                }
            }
            copy.putNextEntry(new JarEntry(DESCRIPTOR));
            copy.write(descriptor(packages));
        }
    }

    private static boolean isKept(JarEntry entry) {
        String name = entry.getName();
        return !entry.isDirectory() && !name.startsWith("META-INF/") && !name.equals(DESCRIPTOR);
    }

    private byte[] descriptor(Set<String> packages) {
        ModuleAttribute attribute = ModuleAttribute.of(ModuleDesc.of(module), descriptor -> {
            descriptor.requires(ModuleDesc.of("java.base"), Set.of(AccessFlag.MANDATED), null);
            for (String required : requires) {
                descriptor.requires(ModuleDesc.of(required), Set.of(), null);
            }
            for (String exported : packages) {
                descriptor.exports(PackageDesc.of(exported), Set.of());
            }
        });
        return ClassFile.of().buildModule(attribute);
    }
}
