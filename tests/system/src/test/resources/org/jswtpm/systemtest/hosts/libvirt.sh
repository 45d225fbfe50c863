# Runs in a Debian that has swtpm and libvirt: starts, saves and restores a domain with each kind of TPM, and prints a line for
# each: its state, and the flags in the header of its permanent state (bit 0: encrypted).
export LC_ALL=C
trap '[ $? = 0 ] || tail -n 40 /var/log/libvirtd.log /var/log/libvirt/qemu/*.log /var/log/swtpm/libvirt/qemu/*.log >&2' EXIT
printf '%s\n' 'security_driver = "none"' 'stdio_handler = "file"' >/etc/libvirt/qemu.conf
echo 'log_outputs = "2:file:/var/log/libvirtd.log"' >>/etc/libvirt/libvirtd.conf
libvirtd --daemon # returns when it listens

virsh() {
    command virsh -q -c qemu:///system "$@"
}

secret=6dd3e4a5-1d76-44ce-961f-f119f5aad935
echo "<secret ephemeral='no' private='yes'><uuid>$secret</uuid><usage type='vtpm'><name>tpm</name></usage></secret>" >/tmp/secret.xml
virsh secret-define /tmp/secret.xml
printf 'a secret phrase' | base64 >/tmp/passphrase
virsh secret-set-value "$secret" --file /tmp/passphrase

for version in 2.0 1.2; do
    for kind in plain encrypted; do
        name=$kind-$version
        encryption=
        [ $kind = plain ] || encryption="<encryption secret='$secret'/>"
        cat >/tmp/domain.xml <<DOMAIN
<domain type='qemu'>
  <name>$name</name>
  <memory unit='MiB'>32</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <features><acpi/></features>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <controller type='usb' model='none'/>
    <memballoon model='none'/>
    <tpm model='tpm-tis'><backend type='emulator' version='$version'>$encryption</backend></tpm>
  </devices>
</domain>
DOMAIN
        virsh define /tmp/domain.xml >&2
        virsh start "$name" >&2
        virsh save "$name" /tmp/saved >&2
        virsh restore /tmp/saved >&2
        state=$(virsh domstate "$name")
        virsh destroy "$name" >&2
        file=$(ls "/var/lib/libvirt/swtpm/$(virsh domuuid "$name")"/tpm*/tpm*.permall)
        echo "$name $state $(od -An -tx1 -j4 -N2 "$file" | tr -d ' ')"
        virsh undefine "$name" >&2
    done
done
libvirtd --version
qemu-system-x86_64 --version | head -n 1
