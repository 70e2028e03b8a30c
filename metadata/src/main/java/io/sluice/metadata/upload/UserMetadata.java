package io.sluice.metadata.upload;

import java.util.Map;

/// What a client attached to its file: strings by name, kept and given back, never interpreted.
public record UserMetadata(Map<String, String> values) {

  public static final UserMetadata NONE = new UserMetadata(Map.of());

  public UserMetadata {
    values = Map.copyOf(values);
  }
}
