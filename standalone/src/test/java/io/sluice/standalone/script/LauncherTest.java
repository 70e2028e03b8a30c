package io.sluice.standalone.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.standalone.script.Surroundings.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The script `sluice` in a copy of the tree where Maven and Java only say what they were asked to do.
class LauncherTest {

  private static final String BUILD =
      """
      echo build >> "$PWD/asked"
      for module in standalone api-gateway chunk-worker reaper-service embedded-s3; do
        mkdir -p $module/target
      done
      mkdir -p standalone/target/lib
      : > standalone/target/lib/some.jar
      : > standalone/target/standalone-1.jar
      : > embedded-s3/target/sluice-s3.jar
      mkdir -p acceptance/target/lib
      : > acceptance/target/lib/other.jar
      : > acceptance/target/acceptance-1.jar
      for module in api-gateway chunk-worker reaper-service; do
        : > $module/target/$module-1-exec.jar
      done
      """;

  @TempDir private Path directory;
  private Surroundings machine;
  private Path tree;

  @BeforeEach
  void aTreeThatWasNeverBuilt() throws IOException {
    machine = new Surroundings(directory.resolve("machine"));
    tree = Files.createDirectory(directory.resolve("tree"));
    Path repository = Surroundings.repository();
    for (String file :
        new String[] {
          "sluice",
          ".mvn/find-jdk.sh",
          "standalone/src/main/resources/io/sluice/standalone/usage.txt",
          "standalone/src/launch/up.options",
          "standalone/src/launch/command.options",
          "standalone/src/launch/torture.options"
        }) {
      Path copy = tree.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(repository.resolve(file), copy, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }
    Surroundings.write(tree.resolve("pom.xml"), "<project/>");
    Surroundings.script(tree.resolve("mvnw"), BUILD);
    Path jdk = machine.jdk("jdk-25", "25.0.3");
    Surroundings.script(
        jdk.resolve("bin/java"),
        """
        for argument in "$@"; do
          case $argument in
            -XX:AOTCacheOutput=*) : > "${argument#*=}"; echo trained >> "%1$s/asked"; echo "$@" > "%1$s/trained-with"; exit 0 ;;
          esac
        done
        for argument in "$@"; do echo "<$argument>"; done
        """
            .formatted(tree));
  }

  @Test
  void helpNeedsNeitherJavaNorABuild() throws Exception {
    machine.set("JDK_SEARCH_PATH", directory.toString());

    Ending ending = sluice("--help");

    assertThat(ending.code()).isZero();
    assertThat(ending.output()).contains("Usage: ./sluice COMMAND");
    assertThat(asked()).isEmpty();
  }

  @Test
  void withoutJdk25OneLineSaysWhatToInstall() throws Exception {
    machine.set("JDK_SEARCH_PATH", directory.toString());

    Ending ending = sluice("up");

    assertThat(ending.code()).isEqualTo(1);
    assertThat(ending.errors().lines()).singleElement().asString().contains("JDK 25", "install");
  }

  @Test
  void theFirstUpBuildsTeachesTheJvmAndStarts() throws Exception {
    Ending ending = sluice("up", "--data", "a b");

    assertThat(ending.code()).as(ending.errors()).isZero();
    assertThat(asked()).containsExactly("build", "trained");
    assertThat(ending.output().lines())
        .endsWith("<up>", "<--data>", "<a b>")
        .anyMatch(argument -> argument.startsWith("<-XX:AOTCache=") && argument.contains("aot"))
        .anyMatch(argument -> argument.endsWith("up.options>"));
  }

  /// Elsewhere a JVM would not know the option, or complain of it in its output.
  @ParameterizedTest
  @CsvSource({
    "always [madvise] never, true",
    "[always] madvise never, true",
    "always madvise [never], false",
    ", false"
  })
  void largePagesAreAskedForOnlyWhereTheyAreGiven(@Nullable String offered, boolean asked)
      throws Exception {
    Path file = directory.resolve("enabled");
    machine.set("LARGE_PAGES_FILE", file.toString());
    if (offered != null) {
      Surroundings.write(file, offered);
    }

    Ending ending = sluice("up");

    assertThat(ending.code()).as(ending.errors()).isZero();
    assertThat(ending.output().lines().anyMatch("<-XX:+UseTransparentHugePages>"::equals))
        .isEqualTo(asked);
    assertThat(Files.readString(tree.resolve("trained-with")).contains("UseTransparentHugePages"))
        .as("a cache is of use only to a JVM with the same options")
        .isEqualTo(asked);
  }

  @Test
  void aBuildThatIsNewerThanTheSourcesIsUsedAsItIs() throws Exception {
    sluice("up");
    sluice("up");

    assertThat(asked()).containsExactly("build", "trained");
  }

  @Test
  void upBuildsAgainWhatWasEdited() throws Exception {
    sluice("up");
    edit();
    sluice("up");

    assertThat(asked()).containsExactly("build", "trained", "build", "trained");
  }

  @Test
  void tortureIsAProgramOfItsOwnOnTheNewestBuild() throws Exception {
    sluice("up");
    edit();

    Ending ending = sluice("torture", "--seed", "7");

    assertThat(asked()).containsExactly("build", "trained", "build");
    assertThat(ending.output().lines())
        .endsWith("<--seed>", "<7>")
        .anyMatch(argument -> argument.endsWith("torture.jar>"))
        .anyMatch(argument -> argument.endsWith("torture.options>"));
    assertThat(tree.resolve("target/sluice/current/lib/other.jar")).exists();
  }

  /// Somebody edits while an instance runs, and asks how it is.
  @Test
  void onlyUpBuildsWhatWasEdited() throws Exception {
    sluice("up");
    edit();

    Ending ending = sluice("status", "--json");

    assertThat(asked()).containsExactly("build", "trained");
    assertThat(ending.output().lines()).endsWith("<status>", "<--json>");
  }

  @Test
  void anOldBuildIsRemoved() throws Exception {
    sluice("up");
    edit();
    sluice("up");

    assertThat(builds()).hasSize(1);
    assertThat(tree.resolve("target/sluice/current/lib/some.jar")).exists();
    assertThat(tree.resolve("target/sluice/current/services/worker.jar")).exists();
  }

  /// Whoever runs must find the jars, also those that are only opened at the end.
  @Test
  void anOldBuildThatStillRunsIsKept() throws Exception {
    sluice("up");
    Path running = builds().getFirst();
    Process process =
        new ProcessBuilder("sh", "-c", "sleep 60 # " + running + "/sluice.jar").start();
    try {
      edit();
      sluice("up");

      assertThat(builds()).hasSize(2).contains(running);
    } finally {
      process.destroyForcibly();
    }
  }

  private List<Path> builds() throws IOException {
    try (Stream<Path> builds = Files.list(tree.resolve("target/sluice"))) {
      return builds.filter(path -> path.getFileName().toString().startsWith("2")).toList();
    }
  }

  @Test
  void aFailedBuildStartsNothingAndShowsTheErrors() throws Exception {
    Surroundings.script(tree.resolve("mvnw"), "echo '[ERROR] it does not compile'; exit 1");

    Ending ending = sluice("up");

    assertThat(ending.code()).isEqualTo(1);
    assertThat(ending.output()).isEmpty();
    assertThat(ending.errors()).contains("it does not compile", "build.log");
    assertThat(tree.resolve("target/sluice/current")).doesNotExist();
  }

  @Test
  void aJvmThatCannotLearnStartsAllTheSameAndIsNotAskedAgain() throws Exception {
    Surroundings.script(
        machine.jdks().resolve("jdk-25/bin/java"),
        """
        case "$*" in *AOTCacheOutput*) echo trained >> "%s/asked"; exit 1 ;; esac
        echo "$*"
        """
            .formatted(tree));

    assertThat(sluice("up").errors()).contains("starts are slower");
    Ending second = sluice("up");

    assertThat(second.code()).isZero();
    assertThat(second.output()).doesNotContain("AOT");
    assertThat(asked()).containsExactly("build", "trained");
  }

  /// Newer than the last build, however fast the test is.
  private void edit() throws IOException {
    Path source = tree.resolve("standalone/src/main/java/Some.java");
    Surroundings.write(source, "class Some {}");
    FileTime later = FileTime.fromMillis(Files.getLastModifiedTime(source).toMillis() + 2_000);
    Path sources = tree.resolve("target/sluice/current/sources");
    if (Files.exists(sources)) {
      later = FileTime.fromMillis(Files.getLastModifiedTime(sources).toMillis() + 2_000);
    }
    Files.setLastModifiedTime(source, later);
  }

  private List<String> asked() throws IOException {
    Path asked = tree.resolve("asked");
    return Files.exists(asked) ? Files.readAllLines(asked) : List.of();
  }

  private Ending sluice(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 2];
    command[0] = "bash";
    command[1] = tree.resolve("sluice").toString();
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    return machine.run(directory, command);
  }
}
