# Sourced. Debian packages of another suite or architecture, through an apt whose state is private, so that nothing of
# this machine's changes. Signatures are checked; dates are not, as mirrors may lag.

KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
MIRROR=${DEBIAN_MIRROR:-http://deb.debian.org}
KERNEL_SUITES="bullseye-security bookworm-security trixie-security trixie-backports sid"

# apt_prepare FOLDER ARCHITECTURE SUITE…: makes the state and points APT_CONFIG to it.
apt_prepare()
{
	local folder=$1 architecture=$2 suite path attempt
	shift 2
	mkdir -p "$folder/lists/partial" "$folder/archives/partial"
	: > "$folder/status"
	for suite; do
		path=debian
		[[ $suite == *-security ]] && path=debian-security
		echo "deb [signed-by=$KEYRING check-valid-until=no] $MIRROR/$path $suite main"
	done > "$folder/sources.list"
	cat > "$folder/apt.conf" <<-END
		Dir::Etc::parts "/dev/null";
		Dir::Etc::sourcelist "$folder/sources.list";
		Dir::Etc::sourceparts "/dev/null";
		Dir::State "$folder";
		Dir::State::status "$folder/status";
		Dir::Cache "$folder";
		APT::Architecture "$architecture";
		APT::Architectures "$architecture";
		APT::Install-Recommends "false";
		APT::Sandbox::User "root";
		Acquire::Languages "none";
		Acquire::Retries "3";
		APT::Update::Error-Mode "any";
	END
	export APT_CONFIG=$folder/apt.conf
	# Without a suite that the mirror no longer has, there are still the others.
	for attempt in 1 2; do
		apt-get update -qq && return
		sleep $((attempt * 5))
	done
	echo "apt: going on without the lists above" >&2
}
