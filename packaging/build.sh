#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Makes a Debian package of a program that was built: packaging/build.sh PACKAGE BINARY OUTPUT_DIRECTORY
#
# What goes where stands in PACKAGE/files. The version is the program's own with REVISION (default 1) behind it. Equal
# sources, program and SOURCE_DATE_EPOCH (default: the time of the last commit) make equal packages, byte for byte.
set -euo pipefail
package=$1 binary=$(realpath "$2") output=$3
root=$(realpath "$(dirname "$0")/..")
recipe=$root/packaging/$package
mkdir -p "$output"
output=$(realpath "$output")
cd "$root"
export LC_ALL=C
umask 022
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH

number=$(sed -n 's/.*static let number = "\(.*\)".*/\1/p' Sources/Agent/AgentVersion.swift)
version=$number-${REVISION:-1}
architecture=$(dpkg --print-architecture)
work=$(mktemp -d "$output/.$package.XXXXXX")
trap 'rm -rf "$work"' EXIT
tree=$work/tree

put() { # put MODE SOURCE DESTINATION
  install -D -m "$1" "$2" "$tree/$3"
}

put 755 "$binary" "usr/bin/$package"
libraries=()
while read -r mode source destination; do
  if [[ -z $mode || $mode == \#* ]]; then continue; fi
  if [[ $mode == loads ]]; then
    libraries+=("$source")
    continue
  fi
  # A destination that ends in a slash is a directory.
  if [[ $destination == */ ]]; then destination+=$(basename "$source"); fi
  put "$mode" "$source" "$destination"
done <"$recipe/files"

documents=usr/share/doc/$package
put 644 packaging/copyright "$documents/copyright"
mkdir -p "$work/completion"
"$binary" --generate-completion-script bash | sed '1{/^#!/d}' >"$work/completion/$package"
put 644 "$work/completion/$package" "usr/share/bash-completion/completions/$package"
sed -e "s/@PACKAGE@/$package/; s/@VERSION@/$version/; s/@DATE@/$(date -u -R -d "@$SOURCE_DATE_EPOCH")/" \
  packaging/changelog >"$work/changelog"
put 644 "$work/changelog" "$documents/changelog.Debian"
gzip -9n "$tree/$documents/changelog.Debian"
find "$tree/usr/share/man" -type f -exec gzip -9n {} +

# The packages of the libraries that the program is linked with, and of those that it loads by their names.
mkdir -p "$work/shlibs/debian"
printf 'Source: %s\n\nPackage: %s\nArchitecture: any\n' "$package" "$package" >"$work/shlibs/debian/control"
depends=$(cd "$work/shlibs" && dpkg-shlibdeps -O "$binary" 2>/dev/null | sed 's/^shlibs:Depends=//')
for library in "${libraries[@]}"; do
  owner=$(dpkg-query -S "*/$library" | head -n 1 | cut -d: -f1)
  depends+=", $owner"
done

mkdir -p "$tree/DEBIAN"
for script in preinst postinst prerm postrm; do
  [[ -e $recipe/$script ]] && install -m 755 "$recipe/$script" "$tree/DEBIAN/$script"
done
(cd "$tree" && find etc -type f -printf '/%p\n' 2>/dev/null | sort) >"$tree/DEBIAN/conffiles"
(cd "$tree" && find usr lib -type f -print0 | sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
sed -e "s/@VERSION@/$version/; s/@ARCHITECTURE@/$architecture/; s/@LIBRARIES@/$depends/" \
  -e "s/@SIZE@/$(du -k -s --apparent-size --exclude=DEBIAN "$tree" | cut -f1)/" "$recipe/control" >"$tree/DEBIAN/control"

find "$tree" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group --build "$tree" "$output/${package}_${version}_$architecture.deb" >/dev/null
echo "$output/${package}_${version}_$architecture.deb"
