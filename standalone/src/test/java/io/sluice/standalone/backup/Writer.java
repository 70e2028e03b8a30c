package io.sluice.standalone.backup;

import static org.awaitility.Awaitility.await;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Somebody who goes on writing, two chunks in each transaction.
final class Writer {

  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicInteger written = new AtomicInteger();
  private final Thread thread;

  Writer(TestRows rows, UUID upload) {
    thread =
        Thread.ofVirtual()
            .start(() -> {
              for (int index = 2; !stopped.get(); index += 2) {
                rows.sql()
                    .sql(
                        """
                        insert into chunks
                          (upload_id, chunk_index, size_bytes, crc32c, crc32, staging_key, status)
                        select :id, :index + n, 10, 1, 2, 'pair/' || (:index + n), 'STAGED'
                        from generate_series(0, 1) n
                        """)
                    .param("id", upload)
                    .param("index", index)
                    .update();
                written.incrementAndGet();
              }
            });
  }

  void awaitSome() {
    int before = written.get();
    await().until(() -> written.get() > before + 3);
  }

  void stop() throws InterruptedException {
    stopped.set(true);
    thread.join();
  }
}
