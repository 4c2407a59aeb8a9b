#!/bin/sh
# Says which Debian packages python-ldap is compiled with, before pip fails at length.
set -eu
missing=""
[ -e /usr/include/ldap.h ] || missing="$missing libldap2-dev"
[ -e /usr/include/sasl/sasl.h ] || missing="$missing libsasl2-dev"
command -v gcc >/dev/null 2>&1 || missing="$missing gcc"
[ -z "$missing" ] || {
    echo "单点登录须编译 python-ldap，本机缺少：$missing" >&2
    echo "Debian 请先运行：apt-get install$missing python3-dev（测试另需 slapd ldap-utils）" >&2
    exit 1
}
