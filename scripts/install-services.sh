#!/bin/sh
# Installs the real services that the tests speak to, from Debian's packages; does nothing when all are there.
set -eu
cd "$(dirname "$0")/.."

absent() {
    have() { PATH="$PATH:/usr/sbin" command -v "$1" >/dev/null 2>&1; }
    have chromium || echo chromium
    have redis-server || echo redis-server
    have nginx || echo nginx
    have restic || echo restic
    have pgbackrest || echo pgbackrest
    [ -e /usr/share/nginx/modules-available/mod-http-brotli-static.conf ] || echo libnginx-mod-http-brotli-static
    have slapd || echo slapd ldap-utils
    { [ -e /usr/include/ldap.h ] && [ -e /usr/include/sasl/sasl.h ]; } || echo libldap2-dev libsasl2-dev
    have gcc || echo gcc
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || have initdb || echo postgresql
    ls /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc >/dev/null 2>&1 || echo fonts-noto-cjk
}

packages=$(absent)
[ -n "$packages" ] || exit 0
fail() { echo "无法安装测试所需的服务（$(echo $packages)）：$1" >&2; exit 1; }

command -v apt-get >/dev/null 2>&1 || fail "本机没有 apt-get，请自行安装"
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || fail "需要 root 权限"
    as_root="sudo -n"
fi
echo "安装测试所需的服务：$(echo $packages)"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
{ $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends $packages; } >"$log" 2>&1 \
    || { tail -n 15 "$log" >&2; fail "apt-get 没有成功，原因见上"; }
[ -z "$(absent)" ] || fail "安装后仍然缺少 $(echo $(absent))"
