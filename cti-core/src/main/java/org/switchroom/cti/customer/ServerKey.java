package org.switchroom.cti.customer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A secret of this server's, which stands in no database and no backup: what it has signed
/// (HMAC-SHA256, RFC 2104) was made here. Safe for any number of threads.
public final class ServerKey {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 32;

  private final SecretKeySpec key;

  private ServerKey(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /// One that nobody else has, and that is gone with it.
  public static ServerKey random() {
    return new ServerKey(randomBytes());
  }

  /// Reads it; where there is none, one is made that nobody but the file's owner can read.
  ///
  /// @throws IOException when it cannot be read or written, or the file has something else
  public static ServerKey in(Path file) throws IOException {
    if (Files.notExists(file)) make(file);
    String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
    if (!text.matches("[0-9a-f]{%d}".formatted(2 * BYTES))) {
      throw new IOException(
          "%s has no key of %d hexadecimal digits. Bring it back from where you keep it, or delete it: then another is made, everybody logs in once more, and every customer's PIN has to be set again."
              .formatted(file, 2 * BYTES));
    }
    return new ServerKey(HexFormat.of().parseHex(text));
  }

  private static void make(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        fresh,
        HexFormat.of().formatHex(randomBytes()) + "\n",
        StandardCharsets.US_ASCII,
        StandardOpenOption.SYNC);
    try {
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException e) {
      // Another process was first; theirs is read.
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static byte[] randomBytes() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  /// @param purpose what is signed for one is not signed for another
  /// @return 43 characters of base64url
  public String sign(String purpose, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(purpose.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Java has no " + ALGORITHM + ".", e);
    }
  }

  /// Takes as long for a wrong signature as for the right one.
  public boolean hasSigned(String purpose, String text, String signature) {
    return MessageDigest.isEqual(
        sign(purpose, text).getBytes(StandardCharsets.UTF_8),
        signature.getBytes(StandardCharsets.UTF_8));
  }
}
