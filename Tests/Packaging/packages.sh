#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Checks Debian packages: lintian finds no error, everything that a service needs is in them, and no Swift is needed.
#
# usage: packages.sh PACKAGE…
set -euo pipefail
failed=0
check() { # check SENTENCE COMMAND…
  local sentence=$1
  shift
  if "$@"; then echo "ok      $sentence"; else echo "FAILED  $sentence"; failed=1; fi
}

holds() { # holds FILE…: all of them are in the package, and not empty
  local file
  for file in "$@"; do
    [[ -s $tree/$file ]] || { echo "not there: $file"; return 1; }
  done
}

needs_no_swift() {
  ! { dpkg-deb -f "$package" Depends | grep -i swift || ldd "$tree/usr/bin/$name" | grep -i 'swift\|not found'; }
}

parses() { # every maintainer script is one that the shell understands
  local script
  for script in "$tree"/DEBIAN/p*; do sh -n "$script" || return 1; done
}

completes() { bash -c "shopt -s extglob; source '$tree/usr/share/bash-completion/completions/$name' && complete -p '$name'" >/dev/null; }

lints() { ! lintian --allow-root --tag-display-limit 0 "$package" 2>/dev/null | grep '^E:'; }

for package; do
  name=$(dpkg-deb -f "$package" Package)
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  tree=$work/tree
  dpkg-deb -R "$package" "$tree"
  check "$name: program, unit, user, configuration, manual, completion, copyright and changelog are there" \
    holds "usr/bin/$name" "lib/systemd/system/$name.service" "usr/lib/sysusers.d/$name.conf" \
    "usr/lib/tmpfiles.d/$name.conf" "etc/psws/$name.yaml" "usr/share/man/man1/$name.1.gz" \
    "usr/share/bash-completion/completions/$name" "usr/share/doc/$name/copyright" \
    "usr/share/doc/$name/changelog.Debian.gz"
  check "$name: what is in /etc is a conffile" \
    diff <(cd "$tree" && find etc -type f -printf '/%p\n' | sort) "$tree/DEBIAN/conffiles"
  check "$name: needs no Swift on the box" needs_no_swift
  check "$name: its scripts are understood by the shell" parses
  check "$name: bash completes its commands" completes
  if command -v lintian >/dev/null; then
    check "$name: lintian finds no error" lints
  else
    echo "skipped $name: lintian is not installed"
  fi
  if [[ $name == psws-agent ]]; then
    check "$name: the configuration that it installs is valid" \
      "$tree/usr/bin/psws-agent" check-config "$tree/etc/psws/psws-agent.yaml"
  fi
  rm -rf "$work"
done
exit $failed
