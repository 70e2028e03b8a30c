# Finds JDK 25 whatever java is on the PATH. Sourced by mvnw and sluice; needs nothing but a POSIX shell.
#
#   find_jdk   sets and exports JAVA_HOME and returns 0, or says in one line what to install and returns 1
#
# It looks, in this order, at JAVA_HOME, at JDK25_HOME, at the java on the PATH, and through the places where JDKs are
# usually installed. JDK_SEARCH_PATH, a list of directories separated by colons, replaces those places.

# Is the directory a JDK 25? A runtime without a compiler is not.
is_jdk_25() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  if [ -r "$1/release" ]; then
    jdk_version=$(sed -n 's/^JAVA_VERSION="\([^"]*\)".*/\1/p' "$1/release")
  else
    jdk_version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
  fi
  case $jdk_version in
    25 | 25.* | 25-* | 25+*) return 0 ;;
    *) return 1 ;;
  esac
}

# Where the java on the PATH lives: it is often a chain of links, or a shim that only it can see through.
jdk_of_path() {
  command -v java >/dev/null 2>&1 || return 1
  java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
}

use_jdk() {
  JAVA_HOME=$1
  export JAVA_HOME
}

find_jdk() {
  for jdk in "${JAVA_HOME:-}" "${JDK25_HOME:-}"; do
    if [ -n "$jdk" ] && is_jdk_25 "$jdk"; then
      use_jdk "$jdk"
      return 0
    fi
  done
  # A link on the PATH that leads into a JDK is followed first: asking java itself costs a moment.
  jdk_java=$(command -v java 2>/dev/null || true)
  jdk_java=$(readlink -f "$jdk_java" 2>/dev/null || true)
  if [ -r "${jdk_java%/bin/java}/release" ] && is_jdk_25 "${jdk_java%/bin/java}"; then
    use_jdk "${jdk_java%/bin/java}"
    return 0
  fi
  jdk_places=${JDK_SEARCH_PATH:-/usr/lib/jvm:/usr/java:/opt:/opt/java:/opt/jdk:/usr/local:${HOME:-/}/.sdkman/candidates/java:${HOME:-/}/.jdks:/Library/Java/JavaVirtualMachines:${HOME:-/}/Library/Java/JavaVirtualMachines:/opt/homebrew/opt:/usr/local/opt}
  jdk_ifs=$IFS
  IFS=:
  for jdk_place in $jdk_places; do
    IFS=$jdk_ifs
    for jdk in "$jdk_place"/* "$jdk_place"/*/Contents/Home "$jdk_place"/*/libexec/openjdk.jdk/Contents/Home; do
      if is_jdk_25 "$jdk"; then
        use_jdk "$jdk"
        return 0
      fi
    done
    IFS=:
  done
  IFS=$jdk_ifs
  jdk=$(jdk_of_path || true)
  if [ -n "$jdk" ] && is_jdk_25 "$jdk"; then
    use_jdk "$jdk"
    return 0
  fi
  echo "Sluice needs JDK 25 and found none: install one (for example Eclipse Temurin 25) or set JDK25_HOME to where it is." >&2
  return 1
}
