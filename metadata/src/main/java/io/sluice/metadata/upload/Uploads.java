package io.sluice.metadata.upload;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/// Reads uploads. Writing is guarded SQL beside whoever writes.
public interface Uploads extends Repository<Upload, UUID> {

  Optional<Upload> findById(UUID id);

  /// Somebody else's upload is the same as none.
  Optional<Upload> findByIdAndOwnerId(UUID id, String ownerId);

  List<Upload> findAllByIdIn(List<UUID> ids);
}
