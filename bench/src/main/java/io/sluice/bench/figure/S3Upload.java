package io.sluice.bench.figure;

import io.sluice.bench.http.Body;
import io.sluice.bench.load.Load;
import io.sluice.bench.server.S3Peer;
import io.sluice.bench.server.Server;
import io.sluice.embedded.s3.S3Server;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// The same files straight into the S3 s3, as multipart uploads whose parts are the chunks.
record S3Upload(S3Peer s3, UploadShape shape) implements Side {

  @Override
  public Server server() {
    return s3;
  }

  @Override
  public Trial measure() throws IOException {
    S3Client client = s3.client();
    List<Multipart> multiparts = new ArrayList<>();
    Trial trial =
        Trial.ofBytes(
            s3,
            shape.bytes(),
            () -> {
              for (int file = 0; file < shape.files(); file++) {
                multiparts.add(Multipart.begin(client, "bench/" + file));
              }
              var sent =
                  new Load(s3.base(), shape.clients(), shape.operations())
                      .run((_, operation) ->
                          multiparts
                              .get(shape.file(operation))
                              .send(client, shape.chunk(operation), bytes(operation)));
              multiparts.forEach(multipart -> multipart.complete(client));
              return sent;
            });
    for (Multipart multipart : multiparts) {
      verify(client, multipart.key);
      client.deleteObject(request -> request.bucket(S3Server.BUCKET).key(multipart.key));
    }
    return trial;
  }

  private byte[] bytes(long operation) throws IOException {
    Body.Region region = shape.sample().piece(shape.chunk(operation), shape.chunkBytes());
    return shape.sample().bytes(region.position(), (int) region.sizeBytes());
  }

  private void verify(S3Client s3, String key) throws IOException {
    CRC32C crc = new CRC32C();
    try (InputStream object =
        new CheckedInputStream(
            s3.getObject(request -> request.bucket(S3Server.BUCKET).key(key)), crc)) {
      object.transferTo(OutputStream.nullOutputStream());
    }
    if ((int) crc.getValue() != shape.sample().crc32c()) {
      throw new IOException(key + " does not come back as it was sent");
    }
  }

  private static final class Multipart {
    private final String key;
    private final String id;
    private final ConcurrentLinkedQueue<CompletedPart> parts = new ConcurrentLinkedQueue<>();

    private Multipart(String key, String id) {
      this.key = key;
      this.id = id;
    }

    static Multipart begin(S3Client s3, String key) {
      return new Multipart(
          key,
          s3.createMultipartUpload(request -> request.bucket(S3Server.BUCKET).key(key)).uploadId());
    }

    void send(S3Client s3, int chunk, byte[] bytes) {
      int number = chunk + 1;
      RequestBody body =
          RequestBody.fromContentProvider(
              () -> new ByteArrayInputStream(bytes), bytes.length, "application/octet-stream");
      String etag =
          s3.uploadPart(
                  request ->
                      request.bucket(S3Server.BUCKET).key(key).uploadId(id).partNumber(number),
                  body)
              .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
    }

    void complete(S3Client s3) {
      List<CompletedPart> sorted =
          parts.stream().sorted(Comparator.comparing(CompletedPart::partNumber)).toList();
      s3.completeMultipartUpload(request ->
          request
              .bucket(S3Server.BUCKET)
              .key(key)
              .uploadId(id)
              .multipartUpload(upload -> upload.parts(sorted)));
    }
  }
}
