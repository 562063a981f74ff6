# Hindsight in a small image. CI neither builds nor runs it (no container engine there): its steps
# were run by hand, the file itself was only linted. See docs/deploying.md.
#
#   docker build -t hindsight .
#   docker run -p 127.0.0.1:4000:4000 -v hindsight:/data \
#     -e AUTH_SECRET -e AUTH_ISSUER=hindsight -e AUTH_AUDIENCE=hindsight hindsight
#
# Debian's slim image, not Alpine's: fs-native-extensions, which locks the log, has no build for musl.
# Node.js 20 has had no fixes since April 2026; --build-arg NODE=24.19.0-bookworm-slim takes a later one.
ARG NODE=20.20.2-bookworm-slim

FROM node:${NODE} AS base
WORKDIR /app

# Everything that building needs, on a stage of its own: nothing of it is in the image but dist.
FROM base AS build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build

# What the server needs; npm's cache stays behind on this stage.
FROM base AS dependencies
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM base
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=4000 \
    DATA_DIR=/data
# A new volume takes its owner from this folder. The code belongs to root: the server cannot change it.
RUN install -d -o node -g node /data
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
USER node
VOLUME /data
EXPOSE 4000
# Whoever restarts by this asks whether the process lives. A proxy that chooses where to send requests
# asks /readyz: a server whose database is away would not be helped by a restart.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Without a shell and without npm in between, which would keep SIGTERM from node. The flag is that of
# `npm start`: commands under way outlive the small young generation that V8 begins with.
CMD ["node", "--max-semi-space-size=64", "dist/main.js"]
