package org.switchroom.cti.customer;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Argon2id, version 19 (RFC 9106). It is apart from [SecretHash] because its library is a signed
/// jar, whose signatures take longer to look through than all else of a start: a server whose
/// agents come back without a password needs none of it.
final class Argon2 {
  private Argon2() {}

  record Cost(int kibibytes, int passes, int lanes) {}

  /// What a digest is worked out in. One can be used again, by one at a time.
  static final class Memory {
    private final FixedBlockPool blocks;

    /// @param blocks that it keeps; what takes more has the others for itself
    private Memory(int blocks) {
      this.blocks = new FixedBlockPool(blocks);
    }

    static Memory none() {
      return new Memory(0);
    }

    static Memory of(Cost cost) {
      return new Memory(Argon2BytesGenerator.getBlockCount(cost.kibibytes, cost.lanes));
    }
  }

  static byte[] digest(String secret, byte[] salt, Cost cost, int bytes, Memory memory) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.kibibytes)
            .withIterations(cost.passes)
            .withParallelism(cost.lanes)
            .withSalt(salt)
            .withBlockPool(memory.blocks)
            .build());
    byte[] digest = new byte[bytes];
    generator.generateBytes(secret.getBytes(StandardCharsets.UTF_8), digest);
    return digest;
  }
}
