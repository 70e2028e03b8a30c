package io.sluice.standalone.demo;

import io.sluice.standalone.console.Terminal;
import java.io.IOException;
import java.nio.file.Path;

/// A small demo for other commands of this program.
public final class Rehearsal {

  private static final String KEY = "dev-key";
  private static final int AT_ONCE = 4;
  private static final int PRACTICE_FILES = 3000;

  private Rehearsal() {}

  /// Sends many small files, then uploads a made-up file and gets it back.
  ///
  /// @param directory where the file is made
  /// @return whether what came back is what was sent
  public static boolean run(String url, Terminal terminal, Path directory, long sizeBytes)
      throws IOException, InterruptedException {
    try (UploadClient client = new UploadClient(url, KEY);
        DemoFile file = DemoFile.make(directory, sizeBytes)) {
      Practice.run(client, PRACTICE_FILES);
      return new Demo(client, terminal, AT_ONCE).run(file);
    }
  }
}
