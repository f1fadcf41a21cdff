# Sourced by prepare and test: the programs from outside that some tests ask as
# judges. One line each, fields divided by "|":
#   variable for the tests | command that shows it is there | Debian packages | what cannot be tested without it
# shellcheck shell=bash

needs() {
	cat <<-'LIST'
		KITH_TEST_POSTGRES|postgres_bin|postgresql|the PostgreSQL engine
		KITH_TEST_CHROMIUM|find_first chromium chromium-browser google-chrome|chromium|the pages in a real browser
		KITH_TEST_SOFFICE|find_first soffice libreoffice|libreoffice-writer-nogui libreoffice-calc-nogui|papers opened by LibreOffice
		KITH_TEST_HLEDGER|find_first hledger|hledger|the journal read by hledger
		KITH_TEST_LEDGER|find_first ledger|ledger|the journal read by ledger
		KITH_TEST_BEANCOUNT|find_first bean-query|beancount|the journal read by Beancount
		KITH_TEST_PDFTOTEXT|find_first pdftotext|poppler-utils|the text of PDF papers
		KITH_TEST_PDFTOPPM|find_first pdftoppm|poppler-utils|the look of PDF papers
		KITH_TEST_VDIRSYNCER|find_first vdirsyncer|vdirsyncer|calendars and contacts synchronised by vdirsyncer
		KITH_TEST_KHAL|find_first khal|khal|the calendar read by khal
		KITH_TEST_RACE|find_first gcc clang|gcc libc6-dev|the race detector
		KITH_TEST_FONT_LIBERATION|font_file LiberationSerif-Regular|fonts-liberation2|papers set with fonts as wide as Times
		KITH_TEST_FONT_NOTO|font_file NotoSerifLao-Regular|fonts-noto-core|papers in Lao and Khmer
	LIST
}

# find_first prints the path of the first of the commands that exists.
find_first() {
	local name
	for name in "$@"; do
		command -v "$name" 2>/dev/null && return 0
	done
	return 1
}

# postgres_bin prints the folder with the newest PostgreSQL server programs.
postgres_bin() {
	local folder
	folder=$(find /usr/lib/postgresql -maxdepth 2 -name bin -type d 2>/dev/null | sort -V | tail -n 1) || folder=
	if [ -n "$folder" ] && [ -x "$folder/initdb" ]; then
		echo "$folder"
	elif folder=$(command -v initdb 2>/dev/null); then
		dirname "$(readlink -f "$folder")"
	else
		return 1
	fi
}

# font_file prints the path of a font that is installed.
font_file() {
	local found
	found=$(find /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" "$HOME/.local/share/fonts" \
		-name "$1.[to]tf" 2>/dev/null | head -n 1) || true
	[ -n "$found" ] && echo "$found"
}

# missing prints the lines of needs that this machine does not answer.
missing() {
	local line
	while IFS= read -r line; do
		present "$line" >/dev/null || echo "$line"
	done < <(needs)
}

# present prints where the thing of one line of needs is, if it is there.
present() {
	local probe
	IFS='|' read -r _ probe _ _ <<<"$1"
	# The probe is one of the functions above with plain words, written in this file.
	# shellcheck disable=SC2086
	$probe
}
