package io.sluice.bench.figure;

import io.sluice.bench.load.Load;
import io.sluice.bench.server.S3Peer;
import io.sluice.bench.server.Server;
import io.sluice.embedded.s3.S3Server;
import java.io.IOException;
import java.util.Arrays;
import software.amazon.awssdk.core.sync.RequestBody;

/// Small files, each put straight into the S3 s3.
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record S3SmallFiles(S3Peer s3, int clients, long operations, byte[] content) implements Side {

  @Override
  public Server server() {
    return s3;
  }

  @Override
  public Trial measure() throws IOException {
    Trial trial =
        Trial.ofOperations(
            s3,
            operations,
            () ->
                new Load(s3.base(), clients, operations)
                    .run((_, index) ->
                        s3.client()
                            .putObject(
                                request -> request.bucket(S3Server.BUCKET).key(key(index)),
                                RequestBody.fromBytes(content))));
    byte[] back =
        s3.client()
            .getObjectAsBytes(request -> request.bucket(S3Server.BUCKET).key(key(0)))
            .asByteArray();
    if (!Arrays.equals(back, content)) {
      throw new IOException(key(0) + " does not come back as it was sent");
    }
    return trial;
  }

  private static String key(long index) {
    return "small/" + index;
  }
}
