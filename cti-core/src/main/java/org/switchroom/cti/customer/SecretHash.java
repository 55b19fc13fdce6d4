package org.switchroom.cti.customer;

import java.lang.ref.SoftReference;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What people prove who they are by, kept as argon2id hashes (RFC 9106), each with a salt of its
/// own: 19 MiB, two passes, one lane, which is OWASP's first choice. A hash says how it was made,
/// so that those made otherwise are good too.
///
/// The memory that a hash is worked out in is used again by the next: one of these holds 19 MiB for
/// each of those that it has worked out at once, until none was needed for a while and the heap is
/// wanted for something else. A check makes 0.1 MiB of garbage.
public final class SecretHash {
  private static final Argon2.Cost COST = new Argon2.Cost(19_456, 2, 1);
  private static final int SALT_BYTES = 16;
  private static final int DIGEST_BYTES = 32;

  /// Whoever can write a hash must not be able to stop the server with it.
  private static final int MOST_KIBIBYTES = 1 << 20;

  private static final int MOST_PASSES = 100;
  private static final int MOST_LANES = 64;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder TO_TEXT = Base64.getEncoder().withoutPadding();

  /// PHC's string format.
  private static final Pattern TEXT =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,9})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{6,86})");

  /// Nobody has the secret of this one: to compare with it takes as long as with any other.
  public static final String NOBODYS = text(new byte[SALT_BYTES], new byte[DIGEST_BYTES]);

  private final Semaphore places;

  /// Those that nobody uses now; the last one used first, so that no more are filled than are
  /// needed at once.
  private final Deque<SoftReference<Argon2.Memory>> memories = new ConcurrentLinkedDeque<>();

  /// @param atOnce so many are checked at a time; more wait, and come in the order in which they
  ///   came: who asks without end would else keep others waiting
  public SecretHash(int atOnce) {
    places = new Semaphore(atOnce, true);
  }

  /// @return another one each time, by its salt
  public static String of(String secret) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return text(salt, Argon2.digest(secret, salt, COST, DIGEST_BYTES, Argon2.Memory.none()));
  }

  private static String text(byte[] salt, byte[] digest) {
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            COST.kibibytes(),
            COST.passes(),
            COST.lanes(),
            TO_TEXT.encodeToString(salt),
            TO_TEXT.encodeToString(digest));
  }

  /// Whether it is one that [#matches] can read: argon2id, version 19, at most 1 GiB, 100 passes
  /// and 64 lanes.
  public static boolean isOne(String hash) {
    return Kept.read(hash).isPresent();
  }

  /// Slow on purpose, and waits for its turn. False also for a hash that cannot be read.
  public boolean matches(String secret, String hash) {
    Optional<Kept> kept = Kept.read(hash);
    return kept.isPresent() && matches(secret, kept.get());
  }

  private boolean matches(String secret, Kept kept) {
    places.acquireUninterruptibly();
    Argon2.Memory memory = memory();
    try {
      byte[] digest = Argon2.digest(secret, kept.salt, kept.cost, kept.digest.length, memory);
      return MessageDigest.isEqual(digest, kept.digest);
    } finally {
      memories.addFirst(new SoftReference<>(memory));
      places.release();
    }
  }

  private Argon2.Memory memory() {
    SoftReference<Argon2.Memory> free = memories.pollFirst();
    Argon2.Memory memory = free == null ? null : free.get();
    return memory == null ? Argon2.Memory.of(COST) : memory;
  }

  private static boolean isBearable(Argon2.Cost cost) {
    return cost.lanes() >= 1
        && cost.lanes() <= MOST_LANES
        && cost.passes() >= 1
        && cost.passes() <= MOST_PASSES
        && cost.kibibytes() >= 8 * cost.lanes()
        && cost.kibibytes() <= MOST_KIBIBYTES;
  }

  /// A hash that was read.
  private record Kept(Argon2.Cost cost, byte[] salt, byte[] digest) {
    static Optional<Kept> read(String hash) {
      Matcher text = TEXT.matcher(hash);
      if (!text.matches()) return Optional.empty();
      var cost = new Argon2.Cost(number(text, 1), number(text, 2), number(text, 3));
      if (!isBearable(cost)) return Optional.empty();
      try {
        Base64.Decoder bytes = Base64.getDecoder();
        return Optional.of(
            new Kept(cost, bytes.decode(text.group(4)), bytes.decode(text.group(5))));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    private static int number(Matcher text, int group) {
      return Integer.parseInt(text.group(group));
    }
  }
}
