# Four stages: the packages of the lock file, the program as a package, the packages without what is never
# loaded, and the image itself, which gets the results and no tool that made them.

FROM python:3.13.14-slim-trixie AS dependencies
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.txt /build/
# Wheels only: nothing is compiled here, and nothing runs that a package brings for its installation.
RUN --mount=type=cache,target=/root/.cache/pip \
    python -m venv --without-pip /opt/venv \
    && pip --python /opt/venv/bin/python install --quiet --no-compile \
        --require-hashes --only-binary :all: -r /build/requirements.txt

FROM dependencies AS program
COPY pyproject.toml README.md LICENSE /build/
COPY mycount /build/mycount
COPY pages /build/pages
RUN pip --python /opt/venv/bin/python install --quiet --no-compile --no-cache-dir \
        --no-deps --no-build-isolation --prefix /opt/program /build

FROM dependencies AS slim
COPY tools/slim_image.py /build/
# setuptools was needed to build the program, and is not to run it.
RUN pip --python /opt/venv/bin/python uninstall --quiet --yes setuptools \
    && python /build/slim_image.py /opt/venv/lib/python3.*/site-packages

FROM python:3.13.14-slim-trixie

# Packages first: as long as the lock file is the same, so is this layer.
COPY --from=slim /opt/venv /opt/venv
COPY --from=program /opt/program /opt/venv

# MYCOUNT_ENVIRONMENT is left at local, so that the image works by itself, with a database and a key that it makes
# in /data. Where other people's money is kept, set it to production: then both must be given.
ENV PATH=/opt/venv/bin:$PATH \
    HOME=/data \
    MYCOUNT_HOST=0.0.0.0 \
    MYCOUNT_DATA_DIR=/data

# A trial: an image whose program does not come up is not made. It also leaves the bytecode of everything that is
# loaded, in place of compiling it at each start, as a read-only image would. Any free port will do for this.
# The base's pip goes: nothing is to be installed into what runs.
# hadolint ignore=DL3001 # it is the shell's own kill, for the program that is tried
RUN export MYCOUNT_DATA_DIR=/tmp/trial MYCOUNT_PORT=0 \
    && { mycount serve >/tmp/trial.log 2>&1 & } \
    && until grep -q '"ready"' /tmp/trial.log; do \
        kill -0 $! || { cat /tmp/trial.log; exit 1; }; sleep 0.1; \
    done \
    && kill $! && wait $! \
    && python -c 'import psycopg2, sqlalchemy.dialects.postgresql.psycopg2' \
    && mycount check \
    && rm -rf /tmp/trial /tmp/trial.log \
    && /usr/local/bin/python -m pip uninstall --quiet --yes --root-user-action=ignore pip \
    && install -d -o 10001 -g 10001 -m 700 /data
ENV PYTHONDONTWRITEBYTECODE=1

VOLUME /data
WORKDIR /data
# A number, so that an orchestrator can see that it is not root.
USER 10001:10001
EXPOSE 8000

# The interval while starting is short, so that whatever waits for this image does not wait longer than needed.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --start-interval=1s --retries=3 \
    CMD ["python", "-I", "-m", "mycount.healthcheck"]

ENTRYPOINT ["mycount"]
CMD ["serve"]

# Last, because they differ with each build; every layer above can be taken from the cache.
ARG VERSION=0.1.0
ARG SOURCE=""
ARG REVISION=unknown
ENV MYCOUNT_REVISION=$REVISION
LABEL org.opencontainers.image.title="MyCount" \
    org.opencontainers.image.description="Share expenses with friends, flatmates and small teams, on a server of your own." \
    org.opencontainers.image.licenses="MIT" \
    org.opencontainers.image.version="$VERSION" \
    org.opencontainers.image.source="$SOURCE" \
    org.opencontainers.image.revision="$REVISION"
