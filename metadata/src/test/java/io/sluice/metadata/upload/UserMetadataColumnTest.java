package io.sluice.metadata.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class UserMetadataColumnTest {

  @Test
  void whatIsWrittenIsJson() {
    assertThat(UserMetadataColumn.write(new UserMetadata(Map.of("k", "a\"\n\u0001ö"))))
        .isEqualTo("{\"k\":\"a\\\"\\n\\u0001ö\"}");
  }

  @Test
  void nothingIsAnEmptyObject() {
    assertThat(UserMetadataColumn.write(UserMetadata.NONE)).isEqualTo("{}");
  }
}
