package io.sluice.standalone.services;

import io.sluice.embedded.process.UnpackedJar;
import io.sluice.standalone.instance.Role;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Finds a service's executable jar: `gateway.jar`, `worker.jar` or `reaper.jar` in the directory that the system
/// property `sluice.services` names, else what was built in the module of this source tree. It is unpacked beside it.
final class ServiceJars {

  static final String PROPERTY = "sluice.services";

  private static final Map<Role, String> MODULES =
      Map.of(
          Role.GATEWAY, "api-gateway", Role.WORKER, "chunk-worker", Role.REAPER, "reaper-service");

  private ServiceJars() {}

  static Path find(Role role) throws IOException {
    String directory = System.getProperty(PROPERTY);
    if (directory != null) {
      Path jar = Path.of(directory, role.word() + ".jar");
      if (Files.isRegularFile(jar)) {
        return UnpackedJar.of(
            jar.toAbsolutePath(), Path.of(directory, "unpacked").toAbsolutePath());
      }
      throw new FileNotFoundException(jar + " is missing: the property " + PROPERTY + " is wrong");
    }
    String module = MODULES.getOrDefault(role, "");
    for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
      Path target = above.resolve(module).resolve("target");
      List<Path> jars = executable(target);
      if (!jars.isEmpty()) {
        return UnpackedJar.of(jars.getFirst(), target.resolve("unpacked"));
      }
    }
    throw new FileNotFoundException("no executable jar of " + module + ": build it first");
  }

  private static List<Path> executable(Path target) throws IOException {
    List<Path> jars = new ArrayList<>();
    if (Files.isDirectory(target)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(target, "*-exec.jar")) {
        found.forEach(jars::add);
      }
    }
    return jars;
  }
}
