# syntax=docker/dockerfile:1
FROM python:3.11-slim AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
COPY requirements.txt constraints.txt ./
RUN /opt/venv/bin/pip install --quiet -r requirements.txt -c constraints.txt

FROM python:3.11-slim
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VAR_DIR=/var/lib/portal
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends fonts-noto-cjk restic postgresql-client && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /var/lib/portal --create-home --shell /usr/sbin/nologin portal
COPY --from=packages /opt/venv /opt/venv
WORKDIR /srv/portal
COPY . .
RUN python -m compileall -q . && install -d -o portal -g portal /var/lib/portal/static /var/lib/portal/pages /var/lib/portal/logs /var/lib/backup
USER 10001:10001
VOLUME /var/lib/portal /var/lib/backup
EXPOSE 8000
CMD ["sh", "-c", "python manage.py prepare && exec python -m gunicorn -c deploy/gunicorn.py -b 0.0.0.0:8000 portal.wsgi"]
