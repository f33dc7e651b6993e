# Keyfob for tests: `docker build -t keyfob .` See docs/ci.md. A test of the tarball runs its steps.
FROM node:24-slim AS build
WORKDIR /source
COPY . .
RUN npm ci && npm pack --pack-destination /tarball
RUN npm install --prefix /opt/keyfob --no-audit --no-fund --no-save /tarball/keyfob-desktop-*.tgz

FROM node:24-slim
COPY --from=build /opt/keyfob /opt/keyfob
# The certificate authority, a bundle and a trust store are written there, for containers that share the volume.
RUN install -d -o 10001 -g 10001 -m 0755 /share
VOLUME ["/share"]
ENV PATH=/opt/keyfob/node_modules/.bin:$PATH
USER 10001:10001
EXPOSE 8243
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=20s --start-interval=1s CMD ["keyfob", "health"]
ENTRYPOINT ["keyfob"]
CMD ["serve", "--ephemeral", "--seed", "/seed/keyfob.yaml", "--host", "0.0.0.0", "--name", "keyfob", "--ca-out", "/share", "--log", "json"]
