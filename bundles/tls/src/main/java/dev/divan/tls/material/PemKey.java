// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.material;

import dev.divan.tls.IdentityException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** The private key in a block of PEM: PKCS#8, encrypted or not, SEC1 or PKCS#1. */
final class PemKey {
  private static final String ENCRYPT_ANEW =
      "; write it anew: openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -in old.key -out"
          + " new.key";

  private PemKey() {}

  static boolean isKey(Object block) {
    return block instanceof PrivateKeyInfo
        || block instanceof PKCS8EncryptedPrivateKeyInfo
        || block instanceof PEMKeyPair
        || block instanceof PEMEncryptedKeyPair;
  }

  static PrivateKey read(String label, Object block, char[] password) throws IdentityException {
    if (block instanceof PEMEncryptedKeyPair) {
      // its key is one round of MD5 over the password: to read it would be to recommend it
      throw new IdentityException(
          "the private key for "
              + label
              + " is encrypted in OpenSSL's old way (Proc-Type: 4,ENCRYPTED)"
              + ENCRYPT_ANEW);
    }
    if (block instanceof PKCS8EncryptedPrivateKeyInfo box) {
      return key(label, opened(label, box, password));
    }
    return key(
        label,
        block instanceof PEMKeyPair pair ? pair.getPrivateKeyInfo() : (PrivateKeyInfo) block);
  }

  private static PrivateKey key(String label, PrivateKeyInfo info) throws IdentityException {
    byte[] encoded = new byte[0];
    try {
      encoded = info.getEncoded();
      return KeyFactory.getInstance(algorithm(label, info))
          .generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (IOException | GeneralSecurityException e) {
      throw new IdentityException(
          "the private key for " + label + " cannot be used: " + e.getMessage(), e);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  private static String algorithm(String label, PrivateKeyInfo info) throws IdentityException {
    ASN1ObjectIdentifier id = info.getPrivateKeyAlgorithm().getAlgorithm();
    if (id.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      return "EC";
    }
    if (id.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      return "RSA";
    }
    throw new IdentityException(
        "the private key for " + label + " is of the kind " + id + "; EC or RSA is needed");
  }

  private static PrivateKeyInfo opened(
      String label, PKCS8EncryptedPrivateKeyInfo box, char[] password) throws IdentityException {
    if (password.length == 0) {
      throw new IdentityException("the private key for " + label + " is encrypted: set .password");
    }
    PBEKeySpec secret = new PBEKeySpec(password);
    try {
      EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(box.getEncoded());
      String algorithm = algorithm(encrypted);
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(algorithm).generateSecret(secret),
          encrypted.getAlgParameters());
      return PrivateKeyInfo.getInstance(cipher.doFinal(encrypted.getEncryptedData()));
    } catch (NoSuchAlgorithmException | IOException e) {
      throw new IdentityException(
          "the private key for "
              + label
              + " is encrypted in a way this JVM does not know ("
              + e.getMessage()
              + ")"
              + ENCRYPT_ANEW,
          e);
    } catch (BadPaddingException | IllegalArgumentException e) {
      // one wrong password in 256 leaves a good padding, and something that is no key
      throw new IdentityException("the password for the private key of " + label + " is wrong", e);
    } catch (InvalidKeySpecException | InvalidKeyException e) {
      throw new IdentityException(
          StoredKey.isWrong("the password for the private key of " + label, password), e);
    } catch (GeneralSecurityException e) {
      throw new IdentityException(
          "the private key for " + label + " cannot be opened: " + e.getMessage(), e);
    } finally {
      secret.clearPassword();
    }
  }

  /** The JVM calls all of PBES2 alike; which it is stands in the parameters. */
  private static String algorithm(EncryptedPrivateKeyInfo encrypted)
      throws NoSuchAlgorithmException {
    String name = encrypted.getAlgName();
    boolean pbes2 = name.equals("PBES2") || name.equals("1.2.840.113549.1.5.13");
    if (!pbes2) {
      return name;
    }
    if (encrypted.getAlgParameters() == null) {
      throw new NoSuchAlgorithmException(name);
    }
    return encrypted.getAlgParameters().toString();
  }
}
