package io.sluice.standalone;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/// Which build this is, from the jar it came in.
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    @Nullable String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "sluice " + (version == null ? "development" : version), "Java " + Runtime.version()
    };
  }
}
