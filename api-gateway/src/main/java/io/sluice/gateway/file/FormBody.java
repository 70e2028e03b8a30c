package io.sluice.gateway.file;

import io.sluice.gateway.body.RequestBody;
import io.sluice.storage.staging.BodyReadException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletRequestContext;

/// A request whose body the form's reader reads through ours. What goes wrong with the body is a
/// [BodyReadException] through all of that reader's layers, so that it is told from a form that is none.
final class FormBody extends JakartaServletRequestContext {

  private final InputStream stream;

  FormBody(HttpServletRequest request, RequestBody body) {
    super(request);
    this.stream = new Stream(body);
  }

  @Override
  public InputStream getInputStream() {
    return stream;
  }

  private static final class Stream extends InputStream {

    private final RequestBody body;

    Stream(RequestBody body) {
      this.body = body;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        return body.read(ByteBuffer.wrap(target, offset, length));
      } catch (IOException e) {
        throw new BodyReadException("the form broke off after " + body.readBytes() + " bytes", e);
      }
    }
  }
}
