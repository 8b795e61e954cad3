#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The test client's native library asks for ICU 54, which distributions no longer have. It uses eight of its functions, whose
# signatures have not changed: this builds stand-ins, in the folder DIR, that pass them on to the ICU of this machine.
# What keeps it from doing so it writes to DIR/missing, for the tests to report.
#   usage: icu54.sh DIR      needs: gcc and ICU's headers (Debian: gcc libicu-dev)
set -u
dir=${1:?usage: icu54.sh DIR}
rm -rf "$dir"
mkdir -p "$dir"

give_up() {
  echo "$1" | tee "$dir/missing"
  exit 0
}

stand_in() { # stand_in LIBRARY FUNCTION...
  local library=$1 function
  shift
  for function in "$@"; do
    echo ".globl ${function}_54; .type ${function}_54, @function; ${function}_54: jmp ${function}_$icu@PLT"
  done >"$dir/$library.s"
  echo '.section .note.GNU-stack, "", @progbits' >>"$dir/$library.s"
  gcc -shared -o "$dir/$library.so.54" "$dir/$library.s" \
    -Wl,-soname,"$library.so.54" -Wl,--no-as-needed ${1:+"-l${library#lib}"} ||
    give_up "gcc could not build the stand-in for $library 54"
}

command -v gcc >/dev/null || give_up "gcc is not installed"
icu=$(echo U_ICU_VERSION_MAJOR_NUM | gcc -E -P -include unicode/uvernum.h - 2>/dev/null | tail -n 1)
[[ $icu =~ ^[0-9]+$ ]] || give_up "ICU's headers are not installed (Debian: libicu-dev)"

stand_in libicudata
stand_in libicuuc ucasemap_open ucasemap_close ucasemap_utf8ToLower ucasemap_utf8ToUpper
stand_in libicui18n ucol_open ucol_close ucol_setAttribute ucol_strcollUTF8
