package io.sluice.bench.server;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import me.desair.tus.server.TusFileUploadService;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/// A tus server as its library's documentation builds one: a servlet in Tomcat. Arguments: port and directory.
public final class TusMain {

  static final String URI_PATH = "/tus";

  private TusMain() {}

  /// Serves until it is killed.
  public static void main(String[] arguments) throws LifecycleException {
    Path directory = Path.of(arguments[1]);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory.resolve("tomcat").toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(Integer.parseInt(arguments[0]));
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", directory.toString());
    Tomcat.addServlet(context, "tus", new TusServlet(directory.resolve("files")));
    context.addServletMappingDecoded(URI_PATH + "/*", "tus");
    tomcat.start();
    tomcat.getServer().await();
  }

  private static final class TusServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient TusFileUploadService tus;

    TusServlet(Path files) {
      tus =
          new TusFileUploadService()
              .withUploadUri(URI_PATH)
              .withStoragePath(files.toString())
              .withDownloadFeature();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      tus.process(request, response);
    }
  }
}
