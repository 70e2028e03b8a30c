package io.sluice.acceptance.workload;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// Looks after what needs somebody.
///
/// @param gateways whose API key is an administrator's
public record Administrator(Gateways gateways) {

  /// The open dead letters of an upload.
  public List<UUID> deadLettersOf(UUID upload) throws IOException, InterruptedException {
    Reply reply =
        gateways.send(
            gateways
                .request(new Random(0), "/v1/admin/dead-letters?replayed=false&limit=100")
                .GET()
                .build());
    if (reply.status() != 200) {
      throw new IOException("the list of dead letters answered " + reply);
    }
    List<UUID> letters = new ArrayList<>();
    for (JsonNode item : reply.json().path("items")) {
      if (upload.toString().equals(item.path("upload_id").asString(""))) {
        letters.add(UUID.fromString(item.path("id").asString()));
      }
    }
    return letters;
  }

  /// How many jobs are parked, of all uploads.
  public long parkedJobs() throws IOException, InterruptedException {
    return get("/v1/admin/queue").json().path("dead_letters").asLong(-1);
  }

  /// How a place stands, in one word, or "" if nobody says.
  ///
  /// @param kind `staging` or `objects`
  public String placeState(String kind) throws IOException, InterruptedException {
    for (JsonNode place : get("/v1/admin/places").json().findParents("kind")) {
      if (kind.equalsIgnoreCase(place.path("kind").asString(""))) {
        return place.path("state").asString("").toLowerCase(Locale.ROOT);
      }
    }
    return "";
  }

  /// Takes a place over, as it is.
  public Reply adopt(String kind) throws IOException, InterruptedException {
    return gateways.send(
        gateways
            .request(new Random(0), "/v1/admin/places/" + kind + "/adopt")
            .POST(BodyPublishers.noBody())
            .build());
  }

  /// Whether bytes of an upload are listed as nobody's.
  public boolean isUnowned(UUID upload) throws IOException, InterruptedException {
    return get("/v1/admin/unowned").json().toString().contains(upload.toString());
  }

  private Reply get(String path) throws IOException, InterruptedException {
    return gateways.send(gateways.request(new Random(0), path).GET().build());
  }

  /// Has one done again.
  public Reply replay(UUID letter) throws IOException, InterruptedException {
    return gateways.send(
        gateways
            .request(new Random(0), "/v1/admin/dead-letters/" + letter + "/replay")
            .POST(BodyPublishers.noBody())
            .build());
  }
}
