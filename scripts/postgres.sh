# Sourced by scripts/test: a PostgreSQL server for one run of the tests. Its
# cluster lies in a temporary folder; it listens on a socket there and nowhere
# else, does not wait for the disk, and is stopped and removed by postgres_stop.
# shellcheck shell=bash

postgres_dir=

# as_postgres runs a command as the user postgres when we are root, who may not
# run the server.
as_postgres() {
	if [ "$(id -u)" = 0 ]; then
		(cd / && runuser -u postgres -- "$@")
	else
		"$@"
	fi
}

# postgres_start BIN starts the server and sets KITH_TEST_POSTGRES.
postgres_start() {
	local bin=$1
	postgres_dir=$(mktemp -d /tmp/kith-postgres.XXXXXX)
	[ "$(id -u)" != 0 ] || chown postgres "$postgres_dir"
	as_postgres "$bin/initdb" --pgdata="$postgres_dir/data" --username=postgres --auth=trust \
		--encoding=UTF8 --locale=C.UTF-8 --no-sync >"$postgres_dir.log" 2>&1 &&
		as_postgres "$bin/pg_ctl" start --wait --silent --pgdata="$postgres_dir/data" --log="$postgres_dir/log" \
			--options="-c listen_addresses='' -c unix_socket_directories='$postgres_dir' \
				-c unix_socket_permissions=0700 -c fsync=off -c synchronous_commit=off \
				-c full_page_writes=off -c max_connections=200" >>"$postgres_dir.log" 2>&1 </dev/null || {
		cat "$postgres_dir.log" "$postgres_dir/log" 2>/dev/null >&2
		return 1
	}
	KITH_TEST_POSTGRES="postgres://postgres@/postgres?host=$postgres_dir"
	export KITH_TEST_POSTGRES
	echo "postgres: $("$bin/postgres" --version), $KITH_TEST_POSTGRES"
}

# postgres_stop stops the server that postgres_start began, if there is one.
postgres_stop() {
	[ -n "$postgres_dir" ] || return 0
	if [ -f "$postgres_dir/data/postmaster.pid" ]; then
		as_postgres "$(postgres_bin)/pg_ctl" stop --silent --mode=immediate --pgdata="$postgres_dir/data" || true
	fi
	rm -rf "$postgres_dir" "$postgres_dir.log"
	postgres_dir=
}
