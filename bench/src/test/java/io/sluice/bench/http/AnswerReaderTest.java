package io.sluice.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {

  @Test
  void readsOneAnswerAfterTheOther() throws IOException {
    AnswerReader reader =
        reader(
            """
            HTTP/1.1 202 Accepted
            Content-Length: 5
            Retry-After: 3

            helloHTTP/1.1 204 No Content

            HTTP/1.1 200 OK
            content-length: 2

            ok\
            """);

    Answer first = reader.read(false);
    assertThat(first.status()).isEqualTo(202);
    assertThat(first.text()).isEqualTo("hello");
    assertThat(first.header("retry-after")).contains("3");
    assertThat(reader.read(false).status()).isEqualTo(204);
    assertThat(reader.read(false).text()).isEqualTo("ok");
  }

  @Test
  void joinsChunksAndSkipsWhatFollowsThem() throws IOException {
    AnswerReader reader =
        reader(
            """
            HTTP/1.1 200 OK
            Transfer-Encoding: chunked

            5
            hello
            6;x=y
             world
            0
            A: b

            HTTP/1.1 404 Not Found
            Content-Length: 0

            """);

    Answer joined = reader.read(false);

    assertThat(joined.text()).isEqualTo("hello world");
    assertThat(joined.bodyBytes()).isEqualTo(11);
    assertThat(joined.crc32c()).isEqualTo(crc("hello world"));
    assertThat(reader.read(false).status()).isEqualTo(404);
  }

  @Test
  void knowsThatAnAnswerToHeadHasNoBody() throws IOException {
    AnswerReader reader =
        reader(
            """
            HTTP/1.1 200 OK
            Content-Length: 99

            HTTP/1.1 201 Created
            Content-Length: 0

            """);

    assertThat(reader.read(true).status()).isEqualTo(200);
    assertThat(reader.read(false).status()).isEqualTo(201);
  }

  @Test
  void passesOverInterimAnswers() throws IOException {
    AnswerReader reader =
        reader(
            """
            HTTP/1.1 100 Continue

            HTTP/1.1 201 Created
            Content-Length: 0

            """);

    assertThat(reader.read(false).status()).isEqualTo(201);
  }

  @Test
  void aBodyCutShortIsAnError() {
    assertThatThrownBy(() -> reader("HTTP/1.1 200 OK\nContent-Length: 9\n\nhell").read(false))
        .isInstanceOf(EOFException.class);
  }

  /// @param text with plain line ends
  private static AnswerReader reader(String text) {
    byte[] bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
    return new AnswerReader(Channels.newChannel(new ByteArrayInputStream(bytes)));
  }

  private static int crc(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    return (int) crc.getValue();
  }
}
