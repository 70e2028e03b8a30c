# Finds Maven, or gets one. Sourced by mvnw after find-jdk.sh has set JAVA_HOME.
#
#   find_maven   sets maven to the command and returns 0, or says in one line what to install and returns 1
#
# No address is written here: Maven comes from the machine, from the repository that MVNW_REPOURL names, or from the
# distribution's own package.

maven_version=3.9.12
maven_sha512=0a1be79f02466533fc1a80abbef8796e4f737c46c6574ede5658b110899942a94db634477dfd3745501c80aef9aac0d4f841d38574373f7e2d24cce89d694f70
maven_dists=${HOME:-/}/.m2/wrapper/dists

maven_says() {
  echo "mvnw: $*" >&2
}

# Does this mvn run, and is it 3.8.1 or newer? Older ones cannot build this project.
is_maven() {
  [ -x "$1" ] || return 1
  maven_found=$("$1" --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p')
  maven_rest=${maven_found#*.}
  maven_major=${maven_found%%.*}
  maven_minor=${maven_rest%%.*}
  case $maven_rest in
    *.*) maven_patch=${maven_rest#*.} maven_patch=${maven_patch%%.*} ;;
    *) maven_patch=0 ;;
  esac
  case $maven_major in
    '' | 1 | 2) return 1 ;;
    3)
      [ "${maven_minor:-0}" -gt 8 ] && return 0
      [ "${maven_minor:-0}" -eq 8 ] && [ "${maven_patch:-0}" -ge 1 ]
      ;;
    *) return 0 ;;
  esac
}

maven_on_path() {
  maven=$(command -v mvn 2>/dev/null) && is_maven "$maven"
}

maven_unpacked() {
  for maven in "$maven_dists"/*/bin/mvn "$maven_dists"/*/*/bin/mvn "$maven_dists"/*/*/*/bin/mvn; do
    if is_maven "$maven"; then
      return 0
    fi
  done
  return 1
}

maven_fetch() {
  if command -v curl >/dev/null 2>&1; then
    curl -fsSL -o "$2" "$1"
  elif command -v wget >/dev/null 2>&1; then
    wget -q -O "$2" "$1"
  else
    maven_says "neither curl nor wget is installed, so nothing can be downloaded"
    return 1
  fi
}

maven_checked() {
  if command -v sha512sum >/dev/null 2>&1; then
    maven_sum=$(sha512sum "$1")
  else
    maven_sum=$(shasum -a 512 "$1")
  fi
  [ "${maven_sum%% *}" = "$maven_sha512" ]
}

# Unpacked beside its place and renamed, so that one that is interrupted leaves nothing that looks whole.
maven_from_repository() {
  [ -n "${MVNW_REPOURL:-}" ] || return 1
  maven_name=apache-maven-$maven_version
  maven_archive=org/apache/maven/apache-maven/$maven_version/$maven_name-bin.tar.gz
  maven_says "downloading $maven_name from the repository in MVNW_REPOURL"
  mkdir -p "$maven_dists"
  maven_draft=$(mktemp -d "$maven_dists/draft.XXXXXX") || return 1
  if maven_fetch "${MVNW_REPOURL%/}/$maven_archive" "$maven_draft/maven.tar.gz"; then
    if ! maven_checked "$maven_draft/maven.tar.gz"; then
      maven_says "what came from MVNW_REPOURL is not $maven_name: its checksum differs"
    elif tar -xzf "$maven_draft/maven.tar.gz" -C "$maven_draft" \
      && { [ -d "$maven_dists/$maven_name" ] || mv "$maven_draft/$maven_name" "$maven_dists/$maven_name"; }; then
      rm -rf "$maven_draft"
      maven=$maven_dists/$maven_name/bin/mvn
      is_maven "$maven"
      return
    fi
  fi
  rm -rf "$maven_draft"
  return 1
}

maven_from_package() {
  command -v apt-get >/dev/null 2>&1 || return 1
  if [ "$(id -u)" = 0 ]; then
    maven_root=
  elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    maven_root='sudo -n'
  else
    return 1
  fi
  maven_says "installing the distribution's maven package"
  maven_install="$maven_root apt-get install -y --no-install-recommends maven"
  DEBIAN_FRONTEND=noninteractive
  export DEBIAN_FRONTEND
  if ! $maven_install >/dev/null 2>&1; then
    # The usual reason on a new machine: it has no package lists yet.
    $maven_root apt-get update >/dev/null 2>&1 && $maven_install >&2 || return 1
  fi
  maven_on_path
}

find_maven() {
  maven_on_path || maven_unpacked || maven_from_repository || maven_from_package || {
    echo "Sluice builds with Maven 3.8.1 or newer and found none: install it (Debian: apt-get install maven) or set MVNW_REPOURL to a Maven repository." >&2
    return 1
  }
}
