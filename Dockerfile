# jeopsu: one image for every service of docker-compose.yml (web, worker, prefect). Pin the base by digest where you
# build: FROM python:3.11-slim-bookworm@sha256:…
FROM python:3.11-slim-bookworm AS build
WORKDIR /build
RUN apt-get update \
    && apt-get install -y --no-install-recommends npm \
    && rm -rf /var/lib/apt/lists/*
# The Korean model that reads best (docs/design_notes.md); the checksum is the one of scripts/setup.sh.
RUN npm pack --silent @tesseract.js-data/kor@1.0.0 \
    && tar xzf ./*.tgz \
    && gunzip -c package/4.0.0_best_int/kor.traineddata.gz > kor.traineddata \
    && echo "ec1749377d49ac38fb3d3cd05dd5e2a53359d329f359762bc638a81132109992  kor.traineddata" | sha256sum -c -
COPY requirements.lock pyproject.toml README.md ./
COPY jeopsu jeopsu
RUN python -m venv /opt/jeopsu \
    && /opt/jeopsu/bin/pip install --no-cache-dir --require-hashes --use-pep517 -r requirements.lock \
    && /opt/jeopsu/bin/pip install --no-cache-dir --no-deps . \
    && mkdir -p /opt/jeopsu/share/tessdata \
    && mv kor.traineddata /opt/jeopsu/share/tessdata/

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
       tesseract-ocr libmagic1 libfreetype6 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libglib2.0-0 \
       fonts-nanum tini \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /var/lib/jeopsu jeopsu \
    && install -d -o jeopsu -g jeopsu -m 0700 /data
COPY --from=build /opt/jeopsu /opt/jeopsu
ENV PATH=/opt/jeopsu/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    OMP_THREAD_LIMIT=1 \
    DO_NOT_TRACK=1 \
    PREFECT_SERVER_ANALYTICS_ENABLED=false \
    JEOPSU_DATA=/data
USER jeopsu
VOLUME /data
# tini passes signals on and buries what a killed reader leaves behind.
ENTRYPOINT ["tini", "--"]
CMD ["jeopsu", "serve", "--host", "0.0.0.0", "--port", "8420"]
EXPOSE 8420
