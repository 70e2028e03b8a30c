package io.sluice.embedded.s3proxy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// What the server is told: the options of its command line, and the secret key.
///
/// @param data the directory under which buckets are directories and objects are files
/// @param port on 127.0.0.1
/// @param bucket created if it is not there
/// @param accessKey the only user
/// @param secretKey from the environment, since everyone on a machine can read a command line
record S3Options(Path data, int port, String bucket, String accessKey, String secretKey) {

  static final String SECRET_KEY = "SLUICE_S3_SECRET_KEY";
  static final String USAGE =
      "usage: "
          + SECRET_KEY
          + "=SECRET java -jar sluice-s3.jar --data DIR --port N --bucket NAME --access-key KEY";

  static S3Options parse(String[] arguments, Map<String, String> environment) {
    Map<String, String> options = new HashMap<>();
    if (arguments.length % 2 != 0) {
      throw new IllegalArgumentException(
          "an option without a value: " + arguments[arguments.length - 1]);
    }
    for (int index = 0; index < arguments.length; index += 2) {
      options.put(arguments[index], arguments[index + 1]);
    }
    S3Options parsed =
        new S3Options(
            Path.of(take(options, "--data")),
            Integer.parseInt(take(options, "--port")),
            take(options, "--bucket"),
            take(options, "--access-key"),
            take(new HashMap<>(environment), SECRET_KEY));
    if (!options.isEmpty()) {
      throw new IllegalArgumentException("unknown: " + options.keySet());
    }
    return parsed;
  }

  private static String take(Map<String, String> from, String name) {
    String value = from.remove(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }
}
