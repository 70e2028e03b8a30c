package io.sluice.gateway.file;

import static io.sluice.gateway.testing.GatewayUnderTest.ANN;
import static io.sluice.gateway.testing.GatewayUnderTest.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.Client;
import io.sluice.gateway.testing.GatewayUnderTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Files without a worker running: everything here is answered from staging.
class FilesIT {

  private static GatewayUnderTest gateway;
  private static Client ann;
  private static Client bob;

  @BeforeAll
  static void start() {
    gateway =
        GatewayUnderTest.start(
            Map.of(
                "sluice.upload.max-file-size-bytes", 200_000_000,
                "sluice.file.denied-content-types", "application/x-msdownload,application/x-sh",
                "sluice.file.batch-max-files", 3));
    ann = gateway.as(ANN);
    bob = gateway.as(BOB);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void aRawBodyIsReadableAtOnceBeforeAnyWorkerStoredIt() throws Exception {
    byte[] bytes = random(70_000, 1);

    Answer created =
        ann.send("POST", "/v1/files?name=a%20b.bin", BodyPublishers.ofByteArray(bytes));

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(created.text("filename")).isEqualTo("a b.bin");
    assertThat(created.json().path("size").asLong()).isEqualTo(70_000);
    assertThat(created.text("sha256")).isEqualTo(sha256(bytes));
    String file = created.header("Location");
    assertThat(file).isEqualTo("/v1/files/" + created.text("id"));
    Answer read = ann.get(file);
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.bytes()).isEqualTo(bytes);
    assertThat(read.header("Content-Disposition")).contains("filename=\"a b.bin\"");
    assertThat(read.header("Repr-Digest")).startsWith("sha-256=:");
    assertThat(statusOf(created)).isEqualTo("COMPLETING");
  }

  @Test
  void aBodyThatClaimsToBeAFormIsStillTheBody() {
    Answer created =
        ann.send(
            "POST",
            "/v1/files?name=q.txt",
            BodyPublishers.ofString("a=1&b=2"),
            "Content-Type",
            "application/x-www-form-urlencoded");

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(ann.get(created.header("Location")).text()).isEqualTo("a=1&b=2");
  }

  @Test
  void aFileOfManyChunksIsReadableWholeAndByRange() throws Exception {
    byte[] bytes = random(150_000_000, 2);

    Answer created =
        ann.send(
            "POST",
            "/v1/files",
            BodyPublishers.ofByteArray(bytes),
            "Content-Disposition",
            "attachment; filename*=UTF-8''%D0%BE%D1%82%D1%87%D1%91%D1%82.bin");

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(created.text("filename")).isEqualTo("отчёт.bin");
    assertThat(chunksOf(created)).isEqualTo(9);
    String file = created.header("Location");
    assertThat(sha256(ann.get(file).bytes())).isEqualTo(created.text("sha256"));
    int boundary = 16 << 20;
    Answer range = ann.get(file, "Range", "bytes=%d-%d".formatted(boundary - 5, boundary + 4));
    assertThat(range.status()).isEqualTo(206);
    assertThat(range.header("Content-Range"))
        .isEqualTo("bytes %d-%d/150000000".formatted(boundary - 5, boundary + 4));
    assertThat(range.bytes())
        .isEqualTo(java.util.Arrays.copyOfRange(bytes, boundary - 5, boundary + 5));
  }

  @Test
  void anEmptyFileIsLegal() {
    Answer created = ann.send("POST", "/v1/files?name=empty", BodyPublishers.noBody());

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(created.json().path("size").asLong()).isZero();
    Answer read = ann.get(created.header("Location"));
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.bytes()).isEmpty();
    assertThat(chunksOf(created)).isZero();
  }

  @Test
  void aFormMayHaveItsFieldsInAnyOrder() throws Exception {
    byte[] bytes = random(5_000, 3);
    for (boolean metadataFirst : List.of(true, false)) {
      Form form = new Form();
      if (metadataFirst) {
        form.value("metadata", "{\"camera\":\"x\"}");
      }
      form.file("file", "p.bin", bytes);
      if (!metadataFirst) {
        form.value("metadata", "{\"camera\":\"x\"}");
      }

      Answer created = form.post(ann, "/v1/files");

      assertThat(created.status()).as(created.text()).isEqualTo(201);
      Answer metadata = ann.get(created.header("Location") + "/metadata");
      assertThat(metadata.json().path("metadata").path("camera").asString("")).isEqualTo("x");
      assertThat(metadata.text("filename")).isEqualTo("p.bin");
      Answer accepted = ann.get(created.header("Location"), "Accept", "application/json");
      assertThat(accepted.text()).isEqualTo(metadata.text());
    }
  }

  @Test
  void aFormWithTwoFilesIsRefusedAndNothingIsKept() throws Exception {
    long before = uploadCount();
    Answer refused =
        new Form()
            .file("file", "1", random(10, 4))
            .file("file", "2", random(10, 5))
            .post(ann, "/v1/files");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("field")).isEqualTo("file");
    assertThat(uploadCount()).isEqualTo(before);
  }

  @Test
  void aFileWithoutANameIsRefused() throws Exception {
    assertThat(ann.send("POST", "/v1/files", BodyPublishers.ofString("x")).errorCode())
        .isEqualTo("file_name_missing");
    assertThat(new Form().value("file", "bytes").post(ann, "/v1/files").errorCode())
        .isEqualTo("file_name_missing");
  }

  @Test
  void aFormThatBreaksOffIsRefused() {
    Answer refused =
        ann.send(
            "POST",
            "/v1/files",
            BodyPublishers.ofString(
                "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc"),
            "Content-Type",
            "multipart/form-data; boundary=xyz");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.errorCode()).isEqualTo("malformed_request");
  }

  @Test
  void aFileThatIsTooLargeIsRefusedBeforeItIsSentAndWhileItIsSent() {
    long before = uploadCount();
    Answer announced =
        ann.send("POST", "/v1/files?name=big", BodyPublishers.ofByteArray(new byte[200_000_001]));
    assertThat(announced.status()).isEqualTo(413);
    assertThat(announced.errorCode()).isEqualTo("payload_too_large");
    assertThat(uploadCount()).isEqualTo(before);
  }

  @Test
  void theTypeIsTakenFromTheBytesAndNotFromTheClient() {
    byte[] png =
        HexFormat.of()
            .parseHex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489");
    Answer created =
        ann.send(
            "POST",
            "/v1/files?name=page.html",
            BodyPublishers.ofByteArray(png),
            "Content-Type",
            "text/html");
    assertThat(ann.get(created.header("Location")).header("Content-Type")).isEqualTo("image/png");

    Answer html =
        ann.send(
            "POST",
            "/v1/files?name=cat.png",
            BodyPublishers.ofString("<!DOCTYPE html><html><script>alert(1)</script></html>"),
            "Content-Type",
            "image/png");
    Answer read = ann.get(html.header("Location"));
    assertThat(read.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(read.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
    assertThat(read.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void aDeniedTypeIsRefusedAndNothingIsKept() {
    long before = uploadCount();
    Answer refused =
        ann.send("POST", "/v1/files?name=run", BodyPublishers.ofString("#!/bin/sh\necho\n"));

    assertThat(refused.status()).as(refused.text()).isEqualTo(415);
    assertThat(refused.errorCode()).isEqualTo("unsupported_media_type");
    assertThat(uploadCount()).isEqualTo(before);
  }

  @Test
  void somebodyElsesFileIsTheSameAsNone() {
    String file =
        ann.send("POST", "/v1/files?name=mine", BodyPublishers.ofString("x")).header("Location");

    for (Answer refused : List.of(bob.get(file), bob.get(file + "/metadata"), bob.delete(file))) {
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.errorCode()).isEqualTo("not_found");
    }
    assertThat(ann.get(file).status()).isEqualTo(200);
  }

  @Test
  void aDeletedFileIsGoneAtOnceAndWaitsToBePurged() {
    Answer created = ann.send("POST", "/v1/files?name=gone", BodyPublishers.ofString("x"));
    String file = created.header("Location");

    assertThat(ann.delete(file).status()).isEqualTo(204);

    assertThat(ann.get(file).status()).isEqualTo(404);
    assertThat(ann.get(file + "/metadata").status()).isEqualTo(404);
    assertThat(ann.delete(file).status()).isEqualTo(404);
    assertThat(ann.get("/v1/files?name_prefix=gone").json().path("items")).isEmpty();
    assertThat(statusOf(created)).isEqualTo("DELETED");
  }

  @Test
  void theListIsNewestFirstAndItsCursorIsStableWhileFilesAreAdded() {
    Client eve = gateway.as(GatewayUnderTest.ADMIN);
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      made.addFirst(create(eve, "list-" + i));
    }

    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = eve.get("/v1/files?limit=3" + cursor);
      page.json().path("items").forEach(item -> seen.add(item.path("file_id").asString("")));
      create(eve, "other-" + seen.size());
      cursor =
          page.json().path("next_cursor").isNull() ? "" : "&cursor=" + page.text("next_cursor");
    } while (!cursor.isEmpty());

    assertThat(seen).isEqualTo(made);
    Answer named = eve.get("/v1/files?name_prefix=list-");
    assertThat(named.json().path("items")).hasSize(7);
    assertThat(eve.get("/v1/files?name_prefix=list-4").json().path("items")).hasSize(1);
    assertThat(eve.get("/v1/files?cursor=nonsense").status()).isEqualTo(422);
    assertThat(eve.get("/v1/files?limit=0").status()).isEqualTo(422);
    assertThat(eve.get("/v1/files?limit=1001").status()).isEqualTo(422);
  }

  @Test
  void oneBadFileDoesNotSpoilABatch() throws Exception {
    Answer answer =
        new Form()
            .file("files", "one", random(100, 6))
            .file("files", "script", "#!/bin/sh\necho\n".getBytes(StandardCharsets.UTF_8))
            .file("files", "three", random(200_000, 7))
            .file("files", "four", random(5, 8))
            .post(ann, "/v1/files/batch");

    assertThat(answer.status()).as(answer.text()).isEqualTo(207);
    List<String> outcomes = new ArrayList<>();
    answer
        .json()
        .path("results")
        .forEach(r ->
            outcomes.add(r.path("filename").asString("") + " " + r.path("error").asString("ok")));
    assertThat(outcomes)
        .containsExactly(
            "one ok", "script unsupported_media_type", "three ok", "four payload_too_large");
    assertThat(answer.json().path("summary").path("succeeded").asInt()).isEqualTo(2);
    assertThat(answer.json().path("summary").path("failed").asInt()).isEqualTo(2);
    String three = answer.json().path("results").path(2).path("file_id").asString("");
    assertThat(ann.get("/v1/files/" + three).bytes()).isEqualTo(random(200_000, 7));
  }

  private static String create(Client client, String name) {
    return client.send("POST", "/v1/files?name=" + name, BodyPublishers.ofString(name)).text("id");
  }

  private static String statusOf(Answer created) {
    return gateway
        .database()
        .sql("select status from uploads where id = cast(? as uuid)")
        .param(created.text("id"))
        .query(String.class)
        .single();
  }

  private static int chunksOf(Answer created) {
    return gateway
        .database()
        .sql("select count(*) from chunks where upload_id = cast(? as uuid)")
        .param(created.text("id"))
        .query(Integer.class)
        .single();
  }

  private static long uploadCount() {
    return gateway
        .database()
        .sql("select count(*) from uploads where owner_id = 'ann'")
        .query(Long.class)
        .single();
  }

  private static byte[] random(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
