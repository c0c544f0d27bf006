#!/usr/bin/env bash
# Holds keys and lines for `signers` that soukatsu writes against OpenSSH's ssh-keygen, as an auditor
# without soukatsu uses it. That signatures are the very bytes of ssh-keygen, cargo test holds with
# the files in tests/signatures.
#
# Usage: tests/conformance/signature.sh SOUKATSU
#
# Needs ssh-keygen (OpenSSH 8.9 or newer). Says so when it is missing (exit 3).
set -euo pipefail
[ $# = 1 ] || { echo "usage: $0 SOUKATSU" >&2; exit 2; }
soukatsu=$(realpath "$1")
fixtures=$(cd "$(dirname "$0")/../signatures" && pwd)
command -v ssh-keygen >/dev/null || { echo 'conformance: ssh-keygen is missing' >&2; exit 3; }
desk=$(mktemp -d)
trap 'rm -rf "$desk"' EXIT
cd "$desk"

fail() { echo "signature: $*" >&2; exit 1; }
# verify NAME SIGNATURE FILE
verify() { ssh-keygen -Y verify -f signers -I "$1" -n soukatsu -s "$2" < "$3" >/dev/null 2>&1; }

# Every name that the program accepts, OpenSSH must find again in the line made of it.
number=0
for name in hanako@example.jp 見本花子 '企画課長 見本花子' '見本　花子' "a'b\\c" ssh-tantou; do
  number=$((number + 1))
  key=key$number
  "$soukatsu" archive keygen "$name" -o "$key" > printed 2>/dev/null
  sed -n 2p printed >> signers
  [ "$(ssh-keygen -y -f "$key" | cut -d' ' -f1,2)" = "$(cut -d' ' -f1,2 "$key.pub")" ] || fail "$name: the halves of the key differ"
  ssh-keygen -Y sign -q -f "$key" -n soukatsu < "$fixtures/manifest.txt" > "$key.sig" 2>/dev/null || fail "$name: OpenSSH cannot sign with the key"
  verify "$name" "$key.sig" "$fixtures/manifest.txt" || fail "$name: OpenSSH does not find the signer"
  echo "signature $name: passed"
done

# What must not verify.
verify 見本花子 key1.sig "$fixtures/manifest.txt" && fail 'the signature of another passes'
echo x > changed
verify hanako@example.jp key1.sig changed && fail 'a changed file passes'
ssh-keygen -Y sign -q -f key1 -n git < "$fixtures/manifest.txt" > git.sig 2>/dev/null
ssh-keygen -Y verify -f signers -I hanako@example.jp -n git -s git.sig < "$fixtures/manifest.txt" >/dev/null 2>&1 &&
  fail 'the line for signers lets the key sign for git'
echo 'signature refusals: passed'

# The passphrase that the program tells people to set.
ssh-keygen -q -p -P '' -N 'a passphrase' -f key1 >/dev/null
ssh-keygen -y -P '' -f key1 >/dev/null 2>&1 && fail 'the passphrase was not set'
ssh-keygen -y -P 'a passphrase' -f key1 >/dev/null || fail 'the key is lost behind its passphrase'
echo 'signature passphrase: passed'
