package io.sluice.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.UUID;

/// An upload begun over HTTP, its bytes known from its seed.
public record TestUpload(Client client, UUID id, int fileSize, int chunkSize, int totalChunks) {

  /// Begins an upload.
  public static TestUpload begin(Client client, int fileSize, int chunkSize) {
    return begin(client, fileSize, chunkSize, "");
  }

  /// Begins an upload.
  ///
  /// @param more further members of the body, each with a comma before it
  public static TestUpload begin(Client client, int fileSize, int chunkSize, String more) {
    Answer answer =
        client.post(
            "/v1/uploads/init",
            "{\"file_name\":\"a.bin\",\"file_size\":%d,\"chunk_size\":%d%s}"
                .formatted(fileSize, chunkSize, more));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return new TestUpload(
        client,
        UUID.fromString(answer.text("upload_id")),
        fileSize,
        chunkSize,
        answer.json().path("total_chunks").intValue());
  }

  public String path() {
    return "/v1/uploads/" + id;
  }

  public String chunkPath(int index) {
    return path() + "/chunks/" + index;
  }

  /// The bytes of a chunk: the same each time, different for each chunk.
  public byte[] bytes(int index) {
    byte[] bytes = new byte[Math.min(chunkSize, fileSize - index * chunkSize)];
    new Random(id.getLeastSignificantBits() + index).nextBytes(bytes);
    return bytes;
  }

  public Answer send(int index, String... headers) {
    return client.put(chunkPath(index), bytes(index), headers);
  }

  public TestUpload sendAll() {
    for (int index = 0; index < totalChunks; index++) {
      assertThat(send(index).status()).isEqualTo(202);
    }
    return this;
  }

  public Answer status() {
    return client.get(path());
  }

  /// The status as a word.
  public String statusWord() {
    return status().text("status");
  }
}
