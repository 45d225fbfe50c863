/**
 * Cryptography in the terms of the TPM specification (Part 1, 11 and annexes B, C): the engine's only door to Bouncy
 * Castle, {@code javax.crypto} and {@code java.security}, bit for bit what libtpms computes.
 * It knows no other package of the engine: octets are plain arrays, which stay the caller's unless a method says otherwise.
 *
 * <p>The doors, by what they are for:
 *
 * <table>
 *   <caption>The types of this package</caption>
 *   <tr><td>{@link org.jswtpm.engine.crypto.Digest}</td><td>which hash: SHA-1, SHA-256, SHA-384, SHA-512</td></tr>
 *   <tr><td>{@link org.jswtpm.engine.crypto.Hasher}, {@link org.jswtpm.engine.crypto.Hmac}</td>
 *       <td>{@code Hasher.digest(SHA256, a, b)}, {@code Hmac.mac(SHA256, key, a, b)}, or with {@code of} and
 *       {@code update}: within one command</td></tr>
 *   <tr><td>{@link org.jswtpm.engine.crypto.HashSequence}, {@link org.jswtpm.engine.crypto.HmacSequence}</td>
 *       <td>the same over many commands: their state can be saved</td></tr>
 *   <tr><td>{@link org.jswtpm.engine.crypto.Kdf}</td>
 *       <td>{@code kdfa(SHA256, key, "CFB", nonceNewer, nonceOlder, bits)}, {@code kdfe}, {@code mgf1},
 *       {@code xorObfuscate}</td></tr>
 *   <tr><td>{@link org.jswtpm.engine.crypto.SymmetricCipher}</td>
 *       <td>{@code encrypt(AES, CFB, key, iv, data)} in place, with AES, TDES, Camellia in five modes</td></tr>
 *   <tr><td>{@link org.jswtpm.engine.crypto.Cmac}</td><td>{@code mac(AES, key, data)}, or in pieces</td></tr>
 *   <tr><td>{@link org.jswtpm.engine.crypto.Drbg}</td>
 *       <td>the TPM's generator ({@code instantiate}, {@code restore}) and that of a primary key ({@code seeded})</td></tr>
 *   <tr><td>{@link org.jswtpm.engine.crypto.KdfRandom}</td><td>the generator of a derived object</td></tr>
 *   <tr><td>{@link org.jswtpm.engine.crypto.RsaKeyGenerator}, {@link org.jswtpm.engine.crypto.RsaPrivateKey},
 *       {@link org.jswtpm.engine.crypto.RsaPublicKey}</td>
 *       <td>{@code generate(2048, 0, random, cancellation)}; {@code load(modulus, exponent, prime)};
 *       {@code apply} is the bare operation</td></tr>
 *   <tr><td>{@link org.jswtpm.engine.crypto.PrimePool}</td>
 *       <td>{@code search(1024, random, cancellation)}: primes for keys that come later</td></tr>
 *   <tr><td>{@link org.jswtpm.engine.crypto.EccCurve}, {@link org.jswtpm.engine.crypto.EccPoint},
 *       {@link org.jswtpm.engine.crypto.EccPrivateKey}</td>
 *       <td>{@code EccPrivateKey.generate(NIST_P256, random)}; {@code EccPoint.of(curve, x, y)} is empty off the curve;
 *       {@code point.times(key)} is ECDH</td></tr>
 *   <tr><td>{@link org.jswtpm.engine.crypto.RsaEncryption}, {@link org.jswtpm.engine.crypto.RsaSignature}</td>
 *       <td>{@code encryptOaep(key, SHA256, "DUPLICATE", secret, random)}; PKCS1-v1_5; {@code signPkcs1},
 *       {@code signPss} and their {@code verify}</td></tr>
 *   <tr><td>{@link org.jswtpm.engine.crypto.Ecdsa}, {@link org.jswtpm.engine.crypto.EcSchnorr},
 *       {@link org.jswtpm.engine.crypto.Sm2}, {@link org.jswtpm.engine.crypto.Ecdaa}</td>
 *       <td>{@code sign(key, digest, random)}, whose nonce is hedged, gives an {@link org.jswtpm.engine.crypto.EccSignature},
 *       {@code verify(point, digest, signature)}</td></tr>
 *   <tr><td>{@link org.jswtpm.engine.crypto.EccKeyExchange}, {@link org.jswtpm.engine.crypto.EccEncryption}</td>
 *       <td>TPM2_ZGen_2Phase; TPM2_ECC_Encrypt and TPM2_ECC_Decrypt</td></tr>
 * </table>
 */
package org.jswtpm.engine.crypto;
