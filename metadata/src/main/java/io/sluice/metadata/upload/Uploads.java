package io.sluice.metadata.upload;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/// Reads uploads. Writing is guarded SQL beside whoever writes.
///
/// Statements and mapping are written out: a derived query is made anew at each call, and took half of the
/// processor time of a small download.
public interface Uploads extends Repository<Upload, UUID> {

  @Query(value = "select * from uploads where id = :id", rowMapperClass = UploadRow.class)
  Optional<Upload> findById(UUID id);

  /// Somebody else's upload is the same as none.
  @Query(
      value = "select * from uploads where id = :id and owner_id = :ownerId",
      rowMapperClass = UploadRow.class)
  Optional<Upload> findByIdAndOwnerId(UUID id, String ownerId);
}
