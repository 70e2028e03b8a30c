package io.sluice.storage.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys of objects follow from the upload's id, and back.
class ObjectKeysTest {

  private static final String UPLOAD = "0199f8a0-0000-7000-8000-00000000abcd";

  @Test
  void theKeyOfAnUploadIsReadBack() {
    String key = ObjectKeys.forUpload(UUID.fromString(UPLOAD));

    assertThat(key).isEqualTo("cd/" + UPLOAD);
    assertThat(ObjectKeys.uploadOf(key)).hasValue(UUID.fromString(UPLOAD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", UPLOAD, "ab/" + UPLOAD, "cd/" + UPLOAD + "/0", "../cd/" + UPLOAD, "staging/x"})
  void anythingElseIsNoKeyOfOurs(String other) {
    assertThat(ObjectKeys.uploadOf(other)).isEmpty();
  }
}
