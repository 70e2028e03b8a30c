package io.sluice.bench.figure;

import io.sluice.bench.http.Answer;
import io.sluice.bench.http.Body;
import io.sluice.bench.http.Request;
import io.sluice.bench.load.Client;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Small files put into nginx, under new names each time as Sluice's are.
record SmallNginx(Body.Region content, int crc32c, AtomicLong batch) implements SmallFiles.Kind {

  private static final int FILES_IN_A_DIRECTORY = 1000;

  @Override
  public Request request(long index) {
    return new Request("PUT", path(index), List.of(), content);
  }

  private String path(long index) {
    return "/small/%d/%d/%d".formatted(batch.get(), index / FILES_IN_A_DIRECTORY, index);
  }

  @Override
  public int accepted() {
    return 201;
  }

  @Override
  public boolean holds(Client client, long index, Answer answer) throws IOException {
    return client.ask(Request.of("GET", path(index), List.of()), 200).crc32c() == crc32c;
  }
}
