package io.sluice.standalone.backup;

import io.sluice.embedded.EmbeddedStack;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A database of its own, and rows in it as services write them.
///
/// @param url with user and password
record TestRows(String url) {

  static TestRows empty() {
    return new TestRows(EmbeddedStack.freshDatabase());
  }

  static TestRows migrated() {
    TestRows rows = empty();
    Flyway.configure().dataSource(rows.url(), null, null).load().migrate();
    return rows;
  }

  DatabaseAddress address() throws BackupException {
    return DatabaseAddress.of(url);
  }

  JdbcClient sql() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    return JdbcClient.create(source);
  }

  /// An open upload of a thousand chunks.
  UUID upload() {
    UUID id = UUID.randomUUID();
    sql()
        .sql(
            """
            insert into uploads (id, owner_id, file_name, file_size_bytes, chunk_size_bytes,
              total_chunks, chunks_per_part, status, origin, content_type, storage_element,
              object_key, expires_at)
            values (:id, 'ann', E'tab\\t"quote" \\\\ und Umlaut ü', 10000, 10, 1000, 1, 'INITIATED',
              'CHUNKED', 'text/plain', 'local', :id::text, now() + interval '1 hour')
            """)
        .param("id", id)
        .update();
    return id;
  }

  void chunk(UUID upload, int index, String stagingKey) {
    sql()
        .sql(
            """
            insert into chunks (upload_id, chunk_index, size_bytes, crc32c, crc32, staging_key, status)
            values (:id, :index, 10, 1, 2, :key, 'STAGED')
            """)
        .param("id", upload)
        .param("index", index)
        .param("key", stagingKey)
        .update();
  }

  /// All rows of a table, as text, in one order.
  String all(String table) {
    return sql()
        .sql(
            "select coalesce(string_agg(t::text, E'\\n' order by t::text), '') from "
                + table
                + " t")
        .query(String.class)
        .single();
  }

  /// The values of a column that is never null.
  List<String> list(String query) {
    return sql().sql(query).query((row, number) -> row.getString(1)).list();
  }

  long count(String table) {
    return sql().sql("select count(*) from " + table).query(Long.class).single();
  }
}
