#!/bin/bash
# 建库时执行一次：允许同一网段的只读副本从这里复制（docs/scale.md）。
echo "host replication ${POSTGRES_USER} samenet scram-sha-256" >> "$PGDATA/pg_hba.conf"
