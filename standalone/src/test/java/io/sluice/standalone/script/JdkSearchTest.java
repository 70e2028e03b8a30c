package io.sluice.standalone.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.standalone.script.Surroundings.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkSearchTest {

  @TempDir private Path directory;
  private Surroundings machine;

  @BeforeEach
  void anEmptyMachine() throws IOException {
    machine = new Surroundings(directory);
  }

  @Test
  void anOlderJavaOnThePathIsPassedOver() throws Exception {
    Path old = machine.jdk("jdk-17", "17.0.15");
    Path wanted = machine.jdk("temurin-25", "25.0.3");
    machine.set("PATH", old.resolve("bin") + ":" + machine.bin());

    assertThat(found()).isEqualTo(wanted.toString());
  }

  @Test
  void javaHomeIsTakenIfItIsJdk25() throws Exception {
    machine.jdk("a-25-found-by-search", "25.0.1");
    Path chosen = machine.jdk("z-25-chosen", "25");
    machine.set("JAVA_HOME", chosen.toString());

    assertThat(found()).isEqualTo(chosen.toString());
  }

  @Test
  void javaHomeIsPassedOverIfItIsAnotherJdk() throws Exception {
    Path other = machine.jdk("jdk-21", "21.0.2");
    Path named = machine.jdk("elsewhere-25", "25.0.3");
    machine.set("JAVA_HOME", other.toString()).set("JDK25_HOME", named.toString());

    assertThat(found()).isEqualTo(named.toString());
  }

  @Test
  void linksOnThePathAreFollowedToTheJdk() throws Exception {
    Path wanted = machine.jdk("jdk-25", "25.0.3");
    Path alternatives = Files.createDirectories(directory.resolve("alternatives"));
    Files.createSymbolicLink(alternatives.resolve("java"), wanted.resolve("bin/java"));
    Files.createSymbolicLink(machine.bin().resolve("java"), alternatives.resolve("java"));
    machine.set("JDK_SEARCH_PATH", directory.resolve("nothing").toString());

    assertThat(found()).isEqualTo(wanted.toRealPath().toString());
  }

  @Test
  void aShimOnThePathIsAskedWhereItsJdkIs() throws Exception {
    Path wanted = machine.jdk("jdk-25", "25.0.3");
    machine.program("java", "exec " + wanted.resolve("bin/java") + " \"$@\"");
    machine.set("JDK_SEARCH_PATH", directory.resolve("nothing").toString());

    assertThat(found()).isEqualTo(wanted.toString());
  }

  @Test
  void aJdkWithoutReleaseFileIsAskedForItsVersion() throws Exception {
    Path wanted = machine.jdk("jdk", "25.0.2");
    Files.delete(wanted.resolve("release"));

    assertThat(found()).isEqualTo(wanted.toString());
  }

  @Test
  void aRuntimeWithoutCompilerIsNotAJdk() throws Exception {
    Path runtime = machine.jdk("jre-25", "25.0.3");
    Files.delete(runtime.resolve("bin/javac"));

    assertThat(search().code()).isEqualTo(1);
  }

  @Test
  void aVersionThatOnlyBeginsWith25IsNot25() throws Exception {
    machine.jdk("jdk-250", "250.0.1");

    assertThat(search().code()).isEqualTo(1);
  }

  @Test
  void homesOnAMacAreFound() throws Exception {
    Path bundle = machine.jdk("temurin-25.jdk/Contents/Home", "25.0.3");

    assertThat(found()).isEqualTo(bundle.toString());
  }

  @Test
  void withoutJdk25OneLineSaysWhatToInstall() throws Exception {
    machine.jdk("jdk-17", "17.0.15");

    Ending ending = search();

    assertThat(ending.code()).isEqualTo(1);
    assertThat(ending.output()).isEmpty();
    assertThat(ending.errors().lines())
        .singleElement()
        .asString()
        .contains("JDK 25", "install", "JDK25_HOME");
  }

  private String found() throws IOException, InterruptedException {
    Ending ending = search();
    assertThat(ending.code()).as(ending.errors()).isZero();
    return ending.output().strip();
  }

  private Ending search() throws IOException, InterruptedException {
    Path script = Surroundings.repository().resolve(".mvn/find-jdk.sh");
    return machine.run(
        directory, "sh", "-euc", ". \"$0\"; find_jdk; echo \"$JAVA_HOME\"", script.toString());
  }
}
