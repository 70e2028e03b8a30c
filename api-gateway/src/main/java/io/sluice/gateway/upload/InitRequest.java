package io.sluice.gateway.upload;

import io.sluice.gateway.problem.ProblemException;
import io.sluice.metadata.upload.UserMetadata;
import io.sluice.metadata.upload.UserMetadataColumn;
import io.sluice.model.chunk.ChunkPlan;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/// The body of init as it came.
record InitRequest(
    @Nullable String fileName,
    @Nullable Long fileSize,
    @Nullable Long chunkSize,
    @Nullable String fileChecksumSha256,
    @Nullable String contentType,
    @Nullable Map<String, @Nullable String> metadata,
    @Nullable Boolean autoComplete) {

  private static final int MAX_NAME_CHARACTERS = 1024;
  private static final int MAX_METADATA_BYTES = 4096;
  private static final int MAX_CONTENT_TYPE_CHARACTERS = 255;

  /// What is asked for, once it breaks no rule.
  ///
  /// @throws ProblemException 422, naming the field
  NewUpload checked(UploadSettings settings) {
    return new NewUpload(
        checkedName(),
        checkedSize(settings.maxFileSizeBytes()),
        checkedChunkSize(settings.chunkSizeBytes()),
        Sha256Text.checked("file_checksum_sha256", fileChecksumSha256),
        checkedContentType(),
        checkedMetadata(),
        autoComplete != null && autoComplete);
  }

  private String checkedName() {
    if (fileName == null) {
      throw ProblemException.invalid("file_name", "is missing");
    }
    int characters = fileName.codePointCount(0, fileName.length());
    if (characters < 1 || characters > MAX_NAME_CHARACTERS) {
      throw ProblemException.invalid("file_name", "must have 1 to 1024 characters");
    }
    if (!PlainText.isPrintable(fileName)) {
      throw ProblemException.invalid("file_name", "must not hold control characters");
    }
    return fileName;
  }

  private long checkedSize(long most) {
    if (fileSize == null) {
      throw ProblemException.invalid("file_size", "is missing");
    }
    if (fileSize < 0 || fileSize > most) {
      throw ProblemException.invalid("file_size", "must be 0 to " + most);
    }
    return fileSize;
  }

  private long checkedChunkSize(long usual) {
    long wanted = chunkSize == null ? usual : chunkSize;
    if (wanted < 1 || wanted > ChunkPlan.MAX_CHUNK_SIZE_BYTES) {
      throw ProblemException.invalid(
          "chunk_size", "must be 1 to " + ChunkPlan.MAX_CHUNK_SIZE_BYTES);
    }
    return wanted;
  }

  private Optional<String> checkedContentType() {
    if (contentType == null) {
      return Optional.empty();
    }
    try {
      MediaType type = MediaType.parseMediaType(contentType);
      if (type.isConcrete()
          && contentType.length() <= MAX_CONTENT_TYPE_CHARACTERS
          && contentType.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
        return Optional.of(type.toString());
      }
    } catch (InvalidMediaTypeException e) {
      // Told below, without the parser's words.
    }
    throw ProblemException.invalid("content_type", "must be a media type such as image/png");
  }

  private UserMetadata checkedMetadata() {
    if (metadata == null) {
      return UserMetadata.NONE;
    }
    metadata.forEach((name, value) -> {
      if (value == null) {
        throw ProblemException.invalid("metadata." + name, "must be a string");
      }
      if (!PlainText.isStorable(name) || !PlainText.isStorable(value)) {
        throw ProblemException.invalid("metadata", "must hold whole characters other than NUL");
      }
    });
    UserMetadata checked = new UserMetadata(strings(metadata));
    int size = UserMetadataColumn.write(checked).getBytes(StandardCharsets.UTF_8).length;
    if (size > MAX_METADATA_BYTES) {
      throw ProblemException.invalid("metadata", "must have at most 4096 bytes as JSON");
    }
    return checked;
  }

  /// [#checkedMetadata] has seen that there is no null.
  @SuppressWarnings("NullAway")
  private static Map<String, String> strings(Map<String, @Nullable String> metadata) {
    return Map.copyOf(metadata);
  }
}
