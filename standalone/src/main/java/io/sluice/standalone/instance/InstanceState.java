package io.sluice.standalone.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What an instance tells other commands about itself, in `run/state.json`. It is only worth something while the
/// instance's process runs.
///
/// @param pid the instance's process
/// @param url where the API is
/// @param ready whether everything was started
/// @param separate whether the services are processes of their own
/// @param storage `local` or `s3`
/// @param members its services and servers
public record InstanceState(
    long pid, String url, boolean ready, boolean separate, String storage, List<Member> members) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  public InstanceState {
    members = List.copyOf(members);
  }

  /// The state of the instance that runs on the directory now; empty if none does.
  public static Optional<InstanceState> ofRunning(DataDirectory directory) throws IOException {
    Optional<Long> running = directory.running().map(identity -> identity.pid());
    if (running.isEmpty()) {
      return Optional.empty();
    }
    return read(directory.state()).filter(state -> running.get() == state.pid());
  }

  private static Optional<InstanceState> read(Path file) throws IOException {
    try {
      return Optional.of(JSON.readValue(Files.readString(file), InstanceState.class));
    } catch (NoSuchFileException | JacksonException unknown) {
      return Optional.empty();
    }
  }

  void write(Path file) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
