# 政务门户 · `make` 列出全部命令。只需要 Python 3.11 以上、make 和软件包索引。

PYTHON ?= python3
PORT ?= 8000
VAR_DIR ?= var
export PORT VAR_DIR
export PIP_DISABLE_PIP_VERSION_CHECK = 1

BIN := .venv/bin
STAMP := .venv/installed
RULES := portal/workdays.py portal/workflow.py $(wildcard */rules.py */rules/*.py)
WITH_BIN := PATH="$(CURDIR)/$(BIN):$$PATH"
PRODUCTION := DJANGO_SETTINGS_MODULE=portal.settings.production ALLOWED_HOSTS=portal.example.cn \
	SECRET_KEY=check-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ \
	DATA_KEYS=check-only-0123456789-abcdefghijklmnopqrstuvwxyz

.DEFAULT_GOAL := help
.PHONY: help setup setup-sso setup-load run dev test test-all check bench bench-peers load load-day screenshots fuzz scan sbom audit clean

help: ## 列出全部命令
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

setup: $(STAMP) ## 准备运行环境（虚拟环境与软件包）

$(STAMP): requirements.txt requirements-dev.txt constraints.txt
	@$(PYTHON) scripts/check_python.py
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@echo "安装软件包（首次约一分钟）……"
	@$(BIN)/python -m pip install -qq -r requirements-dev.txt -c constraints.txt
	@touch $@

setup-sso: $(STAMP)-sso ## 加装单点登录（LDAP、OpenID Connect）的软件包

$(STAMP)-sso: $(STAMP) requirements-sso.txt constraints.txt
	@scripts/check_sso.sh
	@echo "安装单点登录的软件包……"
	@$(BIN)/python -m pip install -qq -r requirements-sso.txt -c constraints.txt
	@touch $@

run dev: export SELF_CHECK_URL ?= http://127.0.0.1:$(PORT)
run: setup ## 启动门户：http://127.0.0.1:8000（PORT、VAR_DIR 可改）
	@$(BIN)/python manage.py prepare --demo
	@$(WITH_BIN) exec honcho -e /dev/null start -p $(PORT)

dev: export DJANGO_SETTINGS_MODULE = portal.settings.dev
dev: setup ## 开发：改动代码即刻重载，显示调试页
	@$(BIN)/python manage.py prepare --demo
	@$(WITH_BIN) exec honcho -e /dev/null -f Procfile.dev start -p $(PORT)

test: setup ## 全部测试；本机有的真实服务一并测试
	@$(BIN)/python -m scripts.suite

test-all: setup ## 先安装真实服务（Debian），再跑全部测试，缺一即失败
	@scripts/install-services.sh
	@$(MAKE) --no-print-directory setup-sso
	@$(BIN)/python -m scripts.suite --all

check: setup ## 静态检查：格式、类型、楼层、迁移、部署
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --check --lint --quiet
	$(BIN)/mypy $(RULES)
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: setup ## 性能测量，结果为一张表
	@$(BIN)/python -m bench

bench-peers: setup ## 与 Wagtail、空视图、静态文件比较（需要 PostgreSQL、nginx、wrk，约二十分钟）
	@$(BIN)/python -m bench peers

setup-load: $(STAMP)-load ## 加装负载测试的软件包

$(STAMP)-load: $(STAMP) requirements-load.txt constraints.txt
	@echo "安装负载测试的软件包……"
	@$(BIN)/python -m pip install -qq -r requirements-load.txt -c constraints.txt
	@touch $@

load: setup-load ## 负载测试：200 人同时投票，300 人同时考试（PostgreSQL、Redis）
	@$(BIN)/python scripts/services.py run postgres redis -- $(BIN)/python -m bench._load

load-day: setup-load ## 负载测试：200 人办公、2000 人浏览十分钟（PostgreSQL、Redis）
	@$(BIN)/python scripts/services.py run postgres redis -- $(BIN)/python -m bench._day

screenshots: setup ## 三种宽度的页面截图，存入 var/screenshots
	@$(BIN)/python -m pytest tests/browser -q -k screenshots

fuzz: setup ## 用杂乱和恶意的输入试遍所有表单（FUZZ=每个表单几次）
	@FUZZ=$(or $(FUZZ),40) $(BIN)/python -m pytest -q -s tests/security/fuzz

scan: setup ## 黑盒扫描：wapiti 对本机样例门户，登录后与未登录各一遍
	@$(BIN)/python -m scripts.scan

sbom: setup ## 软件物料清单（CycloneDX）与许可，存入 var/
	@$(BIN)/python -m scripts.sbom

audit: setup ## 核对软件包与 constraints.txt 一致；有漏洞库的网络另见 docs/security.md
	@$(BIN)/python -m pip check
	@$(BIN)/python -m scripts.sbom --check

clean: ## 删除虚拟环境与缓存（保留 var/ 中的数据）
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +
