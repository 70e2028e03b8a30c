package io.sluice.acceptance.proxy;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.zip.CRC32;

/// Requests that a store refuses every time they come, until it is healed.
///
/// @param operations that it refuses
/// @param permille of objects, chosen by their keys: an object is refused always or never
/// @param answer what it says
public record Refusal(Set<S3Operation> operations, int permille, StoreAnswer answer) {

  /// Of all objects, and of requests that are about none.
  public static final int EVERY_OBJECT = 1000;

  /// What puts bytes in.
  public static final Set<S3Operation> WRITES =
      Set.of(
          S3Operation.PUT_OBJECT,
          S3Operation.CREATE_MULTIPART_UPLOAD,
          S3Operation.UPLOAD_PART,
          S3Operation.UPLOAD_PART_COPY,
          S3Operation.COMPLETE_MULTIPART_UPLOAD);

  public Refusal {
    operations = Set.copyOf(operations);
    if (permille < 1 || permille > EVERY_OBJECT) {
      throw new IllegalArgumentException("1 to 1000 of a thousand objects, not " + permille);
    }
  }

  /// Of all that puts bytes in.
  public static Refusal ofWrites(StoreAnswer answer) {
    return new Refusal(WRITES, EVERY_OBJECT, answer);
  }

  /// Of one operation.
  public static Refusal of(S3Operation operation, StoreAnswer answer) {
    return new Refusal(Set.of(operation), EVERY_OBJECT, answer);
  }

  /// Of whatever is asked.
  public static Refusal ofEverything(StoreAnswer answer) {
    return new Refusal(EnumSet.allOf(S3Operation.class), EVERY_OBJECT, answer);
  }

  /// Of whatever puts bytes into some objects.
  public static Refusal ofSomeObjects(int permille, StoreAnswer answer) {
    return new Refusal(WRITES, permille, answer);
  }

  /// Whether it is for a request.
  ///
  /// @param path of the request line, without its query
  boolean takes(S3Operation operation, String path) {
    return operations.contains(operation)
        && (permille == EVERY_OBJECT || (isAboutAnObject(path) && share(path) < permille));
  }

  /// Path-style: `/bucket/key`.
  private static boolean isAboutAnObject(String path) {
    return path.indexOf('/', 1) > 0 && !path.endsWith("/");
  }

  private static long share(String path) {
    CRC32 crc = new CRC32();
    crc.update(path.getBytes(StandardCharsets.UTF_8));
    return crc.getValue() % EVERY_OBJECT;
  }
}
