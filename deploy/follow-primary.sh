#!/bin/bash
# 只读副本：第一次启动时从主库复制全部数据，此后持续跟随（docs/scale.md）。没有复制完的不算，下次从头来过；
# 已有数据的（包括已提升为主库的）原样启动，绝不清除。
set -eu
PGDATA=${PGDATA:-/var/lib/postgresql/data}
PRIMARY=${PRIMARY:-postgres://portal@postgres:5432/portal}
if [ ! -e "$PGDATA/data" ]; then
    rm -rf "$PGDATA/copying"
    pg_basebackup -d "$PRIMARY" -D "$PGDATA/copying" -R -X stream -c fast
    chmod 0700 "$PGDATA/copying"
    mv "$PGDATA/copying" "$PGDATA/data"
fi
exec postgres -D "$PGDATA/data" -c hot_standby=on -c wal_receiver_status_interval=1 "$@"
