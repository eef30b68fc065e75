# SPDX-License-Identifier: Apache-2.0
# The same build as scripts/run, in two stages: docker build -t brink . && docker run --rm brink --help
FROM debian:12-slim AS build
WORKDIR /src
COPY scripts/install-packages scripts/install-packages
RUN scripts/install-packages run && rm -rf /var/lib/apt/lists/*
COPY . .
RUN scripts/run --version && strip build/release/brink

FROM debian:12-slim
RUN apt-get update -q \
    && apt-get install -yq --no-install-recommends \
        libtbb12 libhdf5-103-1 libhdf5-hl-100 libspdlog1.10 libfmt9 libtomlplusplus3 libssl3 libnlopt0 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /src/build/release/brink /usr/local/bin/brink
COPY configs /usr/local/share/brink/configs
WORKDIR /data
ENTRYPOINT ["brink"]
CMD ["--help"]
