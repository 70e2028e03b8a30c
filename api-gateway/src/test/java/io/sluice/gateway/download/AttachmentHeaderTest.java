package io.sluice.gateway.download;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AttachmentHeaderTest {

  @Test
  void aPlainNameIsKept() {
    assertThat(AttachmentHeader.of("report-1.pdf"))
        .isEqualTo("attachment; filename=\"report-1.pdf\"; filename*=UTF-8''report-1.pdf");
  }

  @Test
  void anotherScriptIsEncodedAndGetsAnAsciiStandIn() {
    assertThat(AttachmentHeader.of("отчёт.pdf"))
        .isEqualTo(
            "attachment; filename=\"_____.pdf\";"
                + " filename*=UTF-8''%D0%BE%D1%82%D1%87%D1%91%D1%82.pdf");
  }

  @Test
  void quotesAndBackslashesCannotEndTheParameter() {
    assertThat(AttachmentHeader.of("a\"; filename=\"b\\c.exe"))
        .startsWith("attachment; filename=\"a__ filename=_b_c.exe\"; filename*=UTF-8''a%22%3B");
  }

  @Test
  void lineBreaksCannotMakeASecondHeader() {
    assertThat(AttachmentHeader.of("a\r\nSet-Cookie: x")).doesNotContain("\r").doesNotContain("\n");
  }

  @Test
  void aPairOfSurrogatesIsOneCharacter() {
    assertThat(AttachmentHeader.of("😀"))
        .isEqualTo("attachment; filename=\"_\"; filename*=UTF-8''%F0%9F%98%80");
  }
}
