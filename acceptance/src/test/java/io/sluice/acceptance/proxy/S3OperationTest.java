package io.sluice.acceptance.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3OperationTest {

  @ParameterizedTest
  @CsvSource({
    "PUT, /b/k/x, false, PUT_OBJECT",
    "PUT, /b/k?partNumber=1&uploadId=u, false, UPLOAD_PART",
    "PUT, /b/k?partNumber=1&uploadId=u, true, UPLOAD_PART_COPY",
    "POST, /b/k?uploads, false, CREATE_MULTIPART_UPLOAD",
    "POST, /b/k?uploads=, false, CREATE_MULTIPART_UPLOAD",
    "POST, /b/k?uploadId=u, false, COMPLETE_MULTIPART_UPLOAD",
    "POST, /b?delete, false, DELETE_OBJECTS",
    "DELETE, /b/k?uploadId=u, false, ABORT_MULTIPART_UPLOAD",
    "DELETE, /b/k, false, DELETE_OBJECT",
    "GET, /b/k, false, GET_OBJECT",
    "GET, /b/k?uploadId=u, false, LIST_PARTS",
    "GET, /b?uploads&prefix=p, false, LIST_MULTIPART_UPLOADS",
    "GET, /b/?list-type=2, false, LIST_OBJECTS",
    "HEAD, /b/k, false, HEAD_OBJECT",
    "HEAD, /b, false, OTHER"
  })
  void aRequestIsKnownByItsLine(
      String method, String target, boolean copies, S3Operation expected) {
    assertThat(S3Operation.of(method, target, copies)).isEqualTo(expected);
  }
}
