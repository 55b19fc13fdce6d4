package org.switchroom.cti.runtime;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.switchroom.cti.ledger.PersonKeys;
import org.switchroom.cti.ledger.PersonKeys.Key;

/// Bytes under a person's key: the key's id (8), a random nonce (12), and what AES-256-GCM makes of
/// them, which is 16 bytes longer.
final class Seal {
  private static final int ID = 8;
  private static final int NONCE = 12;
  private static final int CHECK = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  /// To look it up among the providers takes longer than to use it.
  private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(Seal::found);

  private Seal() {}

  static byte[] close(Key key, byte[] open) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    ByteBuffer all = ByteBuffer.allocate(ID + NONCE + open.length + CHECK);
    all.putLong(key.id()).put(nonce);
    try {
      cipher(Cipher.ENCRYPT_MODE, key, nonce, 0).doFinal(ByteBuffer.wrap(open), all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES-256-GCM.", e);
    }
    return all.array();
  }

  /// Empty: the key is destroyed, or it is not what was closed with it.
  static Optional<byte[]> open(PersonKeys keys, byte[] closed) {
    if (closed.length < ID + NONCE + CHECK) return Optional.empty();
    return keys.find(ByteBuffer.wrap(closed).getLong()).flatMap(key -> open(key, closed));
  }

  private static Optional<byte[]> open(Key key, byte[] closed) {
    try {
      int from = ID + NONCE;
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, key, closed, ID).doFinal(closed, from, closed.length - from));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static Cipher found() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES-256-GCM.", e);
    }
  }

  private static Cipher cipher(int mode, Key key, byte[] nonce, int at)
      throws GeneralSecurityException {
    Cipher cipher = CIPHER.get();
    cipher.init(
        mode,
        new SecretKeySpec(key.secret(), "AES"),
        new GCMParameterSpec(CHECK * 8, nonce, at, NONCE));
    return cipher;
  }
}
