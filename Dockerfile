# Plansvar with every chat and PostgreSQL, as the lock file has it. docker-compose.yml says how it is run.

FROM python:3.13.14-slim-trixie AS build
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /opt/plansvar \
 && /opt/plansvar/bin/pip install --no-cache-dir --no-deps --require-hashes --only-binary :all: -r requirements.lock
COPY . .
# What builds the project is locked too, and leaves with pip when it has done its work.
RUN /opt/plansvar/bin/pip install --no-cache-dir --no-deps --no-build-isolation --no-index . \
 && /opt/plansvar/bin/pip uninstall -y hatchling pathspec pluggy trove-classifiers pip

FROM python:3.13.14-slim-trixie
RUN python -m pip uninstall -y pip \
 && groupadd --gid 10001 plansvar \
 && useradd --uid 10001 --gid plansvar --no-create-home --home-dir /data --shell /usr/sbin/nologin plansvar \
 && mkdir /data /plans \
 && chown plansvar:plansvar /data /plans
COPY --from=build /opt/plansvar /opt/plansvar
ENV PATH=/opt/plansvar/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PLANSVAR_HOME=/data \
    PLANSVAR_PLANS=/plans \
    PLANSVAR_HOST=0.0.0.0 \
    PLANSVAR_PORT=8480 \
    PLANSVAR_LOG=json
USER 10001:10001
WORKDIR /data
VOLUME ["/data", "/plans"]
EXPOSE 8480
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request as web; web.urlopen('http://127.0.0.1:8480/health', timeout=4)"]
ENTRYPOINT ["plansvar"]
CMD ["serve"]
