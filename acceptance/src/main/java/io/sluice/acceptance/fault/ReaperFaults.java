package io.sluice.acceptance.fault;

import io.sluice.acceptance.process.Role;
import io.sluice.acceptance.process.Service;
import io.sluice.acceptance.process.SystemUnderTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Reapers that are asked too often and reapers that do not know what day it is.
final class ReaperFaults {

  private static final int LARGEST_JUMP_DAYS = 400;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private ReaperFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>();
    faults.add(new Fault("cleanup-now", ReaperFaults::cleanUp));
    faults.add(new Fault("reaper-clock", ReaperFaults::jump));
    return faults;
  }

  private static void cleanUp(Target target, Random random) throws InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      http.send(
          HttpRequest.newBuilder(
                  URI.create(target.any(Role.GATEWAY, random).base() + "/v1/admin/cleanup"))
              .header("X-API-Key", SystemUnderTest.API_KEY)
              .timeout(LIMIT)
              .POST(HttpRequest.BodyPublishers.noBody())
              .build(),
          HttpResponse.BodyHandlers.discarding());
    } catch (IOException noAnswer) {
      // Another fault holds it up; asking was all that was wanted.
    }
  }

  private static void jump(Target target, Random random) throws IOException, InterruptedException {
    Optional<Path> library = WrongClock.library(target.system().runDirectory());
    if (library.isEmpty()) {
      return;
    }
    Service reaper = target.any(Role.REAPER, random);
    int days = random.nextInt(2 * LARGEST_JUMP_DAYS) - LARGEST_JUMP_DAYS;
    try {
      reaper.stop();
      WrongClock.set(reaper, library.get(), Duration.ofDays(days));
      reaper.start();
      target.last(random, 6, 15);
    } finally {
      reaper.stop();
      WrongClock.setRight(reaper);
      Target.revive(reaper);
    }
  }
}
