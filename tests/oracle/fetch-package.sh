#!/bin/sh
# fetch-package.sh PIN: downloads a pinned Debian package and unpacks it into the cache; installs nothing.
# Prints the directory that holds its usr. Apt works on lists and sources of its own, so the machine's package state
# stays as it was. PIN is a file that sets PACKAGE, VERSION, SUITES and SHA256 (of Debian's amd64 build).
#
# BPFCORE_CACHE          cache directory        (default ~/.cache/bpfcore)
# BPFCORE_DEBIAN_MIRROR  archive to download from (default http://deb.debian.org/debian)
set -eu

pin=$(realpath "$1")
. "$pin"

cache=${BPFCORE_CACHE:-${HOME:-/root}/.cache/bpfcore}
mirror=${BPFCORE_DEBIAN_MIRROR:-http://deb.debian.org/debian}
file=${PACKAGE}_$(printf %s "$VERSION" | sed 's/:/%3a/')_amd64.deb
unpacked=$cache/$PACKAGE-$(printf %s "$VERSION" | tr : _)

fail()
{
	echo "fetch-package: $*" >&2
	exit 1
}

checksum_matches()
{
	[ "$(sha256sum "$1" | cut -d' ' -f1)" = "$SHA256" ]
}

write_sources()
{
	for suite in $SUITES; do
		echo "deb [arch=amd64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main"
	done
}

# apt-get that neither reads nor writes the machine's lists, cache, sources or installed-package status.
private_apt()
{
	apt-get -q \
		-o Dir::State="$state" -o Dir::State::lists="$state/lists" -o Dir::State::status=/dev/null \
		-o Dir::Cache="$state/cache" -o Dir::Etc::sourcelist="$state/sources.list" -o Dir::Etc::sourceparts=/dev/null \
		-o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null -o APT::Sandbox::User=root \
		-o APT::Architecture=amd64 -o APT::Architectures=amd64 -o Acquire::Languages=none -o Acquire::Retries=3 \
		-o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false "$@"
}

download()
{
	state=$(mktemp -d)
	trap 'rm -rf "$state"' EXIT
	mkdir -p "$state/lists/partial" "$state/cache/archives/partial"
	write_sources > "$state/sources.list"

	private_apt -o APT::Update::Error-Mode=any update >&2 || fail "cannot read the package lists of $mirror ($SUITES)"
	(cd "$state" && private_apt download "$PACKAGE=$VERSION" >&2) ||
		fail "$mirror ($SUITES) no longer serves $PACKAGE $VERSION;" \
			"put $file with SHA-256 $SHA256 into $cache, or pin a newer version in $pin" \
			"and write anew what was compared with it"
	checksum_matches "$state/$file" || fail "$PACKAGE $VERSION from $mirror has another SHA-256 than the pinned $SHA256"
	mv "$state/$file" "$cache/$file"
}

if [ ! -f "$unpacked/.complete" ]; then
	mkdir -p "$cache"
	if ! [ -f "$cache/$file" ] || ! checksum_matches "$cache/$file"; then
		download
	fi
	rm -rf "$unpacked"
	dpkg -x "$cache/$file" "$unpacked"
	: > "$unpacked/.complete"
fi
echo "$unpacked"
