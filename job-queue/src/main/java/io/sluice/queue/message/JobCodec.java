package io.sluice.queue.message;

import io.sluice.model.job.Job;
import io.sluice.model.job.Lane;
import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Jobs as JSON of at most 300 bytes: `{v, type, upload_id, part?, permit?, enqueued_at}`.
///
/// Unknown fields are ignored, so a field can be added without a new version. Anything else that
/// changes gets a new version, which older workers hand back instead of judging it. The lane is not in
/// the message: the topic says it.
public final class JobCodec {

  /// No message of ours is longer; the codec refuses to make one.
  public static final int LONGEST_MESSAGE_BYTES = 300;

  /// A longer record is not even parsed.
  static final int LONGEST_READABLE_BYTES = 4096;

  static final int VERSION = 1;

  private static final String STORE_PART = "store-part";
  private static final String FINALIZE_UPLOAD = "finalize-upload";
  private static final String PURGE_UPLOAD = "purge-upload";

  private static final int DEEPEST_NESTING = 8;

  private final JsonMapper mapper =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST_NESTING).build())
                  .build())
          .build();

  /// The message for a job.
  ///
  /// @throws IllegalArgumentException it would be too long, which only a permit of absurd length can cause
  public byte[] encode(Job job, Instant enqueuedAt) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(LONGEST_MESSAGE_BYTES);
    try (JsonGenerator json = mapper.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberProperty("v", VERSION);
      switch (job) {
        case Job.StorePart storePart -> {
          json.writeStringProperty("type", STORE_PART);
          json.writeStringProperty("upload_id", storePart.uploadId().toString());
          json.writeNumberProperty("part", storePart.part());
          if (storePart.permitId() != null) {
            json.writeStringProperty("permit", storePart.permitId());
          }
        }
        case Job.FinalizeUpload finalizeUpload -> {
          json.writeStringProperty("type", FINALIZE_UPLOAD);
          json.writeStringProperty("upload_id", finalizeUpload.uploadId().toString());
        }
        case Job.PurgeUpload purgeUpload -> {
          json.writeStringProperty("type", PURGE_UPLOAD);
          json.writeStringProperty("upload_id", purgeUpload.uploadId().toString());
        }
      }
      json.writeStringProperty("enqueued_at", enqueuedAt.toString());
      json.writeEndObject();
    }
    if (bytes.size() > LONGEST_MESSAGE_BYTES) {
      throw new IllegalArgumentException("job message of " + bytes.size() + " bytes");
    }
    return bytes.toByteArray();
  }

  /// Judges the value of a record from a lane's topic. Never throws, whatever the bytes are.
  public Decoded decode(byte @Nullable [] bytes, Lane lane) {
    if (bytes == null || bytes.length == 0) {
      return new Decoded.Unreadable("empty");
    }
    if (bytes.length > LONGEST_READABLE_BYTES) {
      return new Decoded.Unreadable("longer than any message");
    }
    JsonNode message;
    try {
      message = mapper.readTree(bytes);
    } catch (JacksonException e) {
      return new Decoded.Unreadable("not JSON");
    }
    if (!message.isObject()) {
      return new Decoded.Unreadable("not a JSON object");
    }
    JsonNode version = message.path("v");
    if (!version.isIntegralNumber() || !version.canConvertToInt() || version.intValue() < 1) {
      return new Decoded.Unreadable("no version");
    }
    if (version.intValue() != VERSION) {
      return new Decoded.Unsupported(version.intValue());
    }
    return decodeVersionOne(message, lane);
  }

  private static Decoded decodeVersionOne(JsonNode message, Lane lane) {
    UUID uploadId = uuid(message.path("upload_id"));
    if (uploadId == null) {
      return new Decoded.Unreadable("no upload_id");
    }
    Instant enqueuedAt = instant(message.path("enqueued_at"));
    if (enqueuedAt == null) {
      return new Decoded.Unreadable("no enqueued_at");
    }
    return switch (message.path("type").asString("")) {
      case STORE_PART -> decodeStorePart(message, uploadId, enqueuedAt, lane);
      case FINALIZE_UPLOAD -> new Decoded.Understood(new Job.FinalizeUpload(uploadId), enqueuedAt);
      case PURGE_UPLOAD -> new Decoded.Understood(new Job.PurgeUpload(uploadId), enqueuedAt);
      default -> new Decoded.Unreadable("no known type");
    };
  }

  private static Decoded decodeStorePart(
      JsonNode message, UUID uploadId, Instant enqueuedAt, Lane lane) {
    JsonNode part = message.path("part");
    if (!part.isIntegralNumber() || !part.canConvertToInt() || part.intValue() < 0) {
      return new Decoded.Unreadable("no part");
    }
    JsonNode permit = message.path("permit");
    String permitId = permit.isString() ? permit.stringValue() : null;
    return new Decoded.Understood(
        new Job.StorePart(uploadId, part.intValue(), permitId, lane), enqueuedAt);
  }

  private static @Nullable UUID uuid(JsonNode node) {
    // Only the canonical form: UUID.fromString also takes "1-1-1-1-1".
    if (!node.isString() || node.stringValue().length() != 36) {
      return null;
    }
    try {
      return UUID.fromString(node.stringValue());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable Instant instant(JsonNode node) {
    if (!node.isString()) {
      return null;
    }
    try {
      return Instant.parse(node.stringValue());
    } catch (DateTimeException e) {
      return null;
    }
  }
}
