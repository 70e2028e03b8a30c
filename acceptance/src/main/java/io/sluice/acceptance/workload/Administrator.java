package io.sluice.acceptance.workload;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// Looks after what was given up.
///
/// @param gateways whose API key is an administrator's
public record Administrator(Gateways gateways) {

  /// The dead letters of an upload that were not replayed yet.
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

  /// Has one done again.
  public Reply replay(UUID letter) throws IOException, InterruptedException {
    return gateways.send(
        gateways
            .request(new Random(0), "/v1/admin/dead-letters/" + letter + "/replay")
            .POST(BodyPublishers.noBody())
            .build());
  }
}
