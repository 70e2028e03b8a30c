package io.sluice.standalone.backup;

import io.sluice.standalone.backup.Manifest.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;

/// The file that holds the rows of one table.
final class TableFile {

  private TableFile() {}

  /// The table with its columns, as COPY names them.
  static String sql(Table table) {
    return table.columns().stream()
        .map(TableFile::quoted)
        .collect(Collectors.joining(", ", quoted(table.name()) + " (", ")"));
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /// Refuses a file that is not what was written, before any row of it is used.
  static void check(Table table, Path backup) throws IOException {
    Path file = table.file(backup);
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (NoSuchFileException missing) {
      throw new BackupException(file + " is missing.", missing);
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(table.sha256())) {
      throw new BackupException(file + " is not the file that the backup was made with.");
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
