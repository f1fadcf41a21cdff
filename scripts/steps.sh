# Sourced by the scripts beside it: runs work in named steps and tells at the
# end what each of them took.
# shellcheck shell=bash

step_names=()
step_seconds=()
step_results=()

# step NAME COMMAND… runs the command and remembers its time and outcome. A step
# that fails does not hide what the following ones would have said.
step() {
	local name=$1 began=$SECONDS result=ok
	shift
	printf '\n== %s\n' "$name"
	"$@" || result=FAILED
	step_names+=("$name")
	step_seconds+=("$((SECONDS - began))")
	step_results+=("$result")
	[ "$result" = ok ]
}

# steps_summary prints the table of steps and fails if one of them did.
steps_summary() {
	local i failed=0
	printf '\n== time of each step (seconds)\n'
	for i in "${!step_names[@]}"; do
		printf '%6d  %-7s %s\n' "${step_seconds[$i]}" "${step_results[$i]}" "${step_names[$i]}"
		[ "${step_results[$i]}" = ok ] || failed=1
	done
	printf '%6d  altogether\n' "$SECONDS"
	return "$failed"
}

# tool runs one of the pinned programs of tools/go.mod.
tool() { go tool -modfile=tools/go.mod "$@"; }
