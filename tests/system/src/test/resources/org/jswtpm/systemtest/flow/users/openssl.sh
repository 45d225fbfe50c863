# A web server whose key is in the TPM: the certificate is signed, and TLS handshakes answered, through OpenSSL's provider of tpm2-openssl.
# One process holds the connection to the TPM at a time: the server, not the client, uses the provider. Hashes, which take
# objects, are for OpenSSL itself: without a resource manager the TPM has room for three
provider='-provider default -provider tpm2 -propquery ?provider=tpm2,tpm2.digest!=yes,tpm2.cipher!=yes,tpm2.rand!=yes'
serve() { # on the port $https, until the first client has gone
    # shellcheck disable=SC2086 # a list of words
    exec 3< <(openssl s_server $provider -accept 127.0.0.1:0 -naccept 1 -www -key "$1" -cert "$2" $3 2>&1)
    while read -r line <&3 && [[ $line != ACCEPT* ]]; do
        :
    done
    https=${line##*:}
}

tpm2_createprimary -Q --hierarchy o --key-algorithm ecc --key-context parent.ctx
tpm2_evictcontrol -Q --hierarchy o --object-context parent.ctx 0x81000001
tpm2_flushcontext --transient-object
for kind in 'EC -pkeyopt group:P-256' 'RSA -pkeyopt bits:2048'; do # this provider has no EC keys for TLS 1.2
    # shellcheck disable=SC2086
    openssl genpkey $provider -algorithm $kind -pkeyopt parent:0x81000001 -out key.pem
    grep -q 'TSS2 PRIVATE KEY' key.pem
    # shellcheck disable=SC2086
    openssl req $provider -new -x509 -key key.pem -subj /CN=localhost -addext subjectAltName=DNS:localhost -days 2 -out cert.pem
    openssl verify -CAfile cert.pem cert.pem
    for version in $([ "${kind%% *}" = EC ] || echo -tls1_2) -tls1_3; do
        serve key.pem cert.pem $version
        openssl s_client -connect "127.0.0.1:$https" -servername localhost -verify_hostname localhost -CAfile cert.pem \
            -verify_return_error -quiet $version <<<'GET / HTTP/1.0' >page
        grep -q 'HTTP/1.0 200 ok' page
        cat <&3 >server.log # until its end
    done
done
