package io.sluice.embedded.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/// A secret made up on this machine, in a file that only its owner can read: 32 hexadecimal digits.
///
/// @param path where it is kept
public record SecretFile(Path path) {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final int SIZE_BYTES = 16;

  /// The secret, made up at the first call.
  public String get() throws IOException {
    if (!Files.exists(path)) {
      byte[] secret = new byte[SIZE_BYTES];
      new SecureRandom().nextBytes(secret);
      replace(path, HexFormat.of().formatHex(secret) + "\n");
    }
    return Files.readString(path).strip();
  }

  /// Writes a file that only its owner can read, as a whole.
  public static void replace(Path file, String content) throws IOException {
    DurableFile.replace(file, content, OWNER_ONLY);
  }
}
