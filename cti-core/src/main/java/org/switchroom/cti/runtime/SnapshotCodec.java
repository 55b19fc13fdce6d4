package org.switchroom.cti.runtime;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.switchroom.cti.center.Snapshot;

/// Snapshots as JSON, as [ValueMapper] has it.
public final class SnapshotCodec {
  private static final JsonMapper MAPPER = ValueMapper.create();

  private SnapshotCodec() {}

  public static void write(Snapshot snapshot, OutputStream out) throws IOException {
    MAPPER.writeValue(out, snapshot);
  }

  /// @throws IOException when it is none that this build can read
  public static Snapshot read(InputStream in) throws IOException {
    return MAPPER.readValue(in, Snapshot.class);
  }
}
