# The newest Node.js LTS. All stages use the same Debian, so that native modules are compatible. A tag is moved with each correction; for a
# build that repeats exactly, append the digest that `docker buildx imagetools inspect node:26-trixie-slim` prints, as @sha256:….
ARG NODE_IMAGE=node:26-trixie-slim
FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No install script is needed: argon2 contains a prebuilt binary, the other scripts are for development.
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ormconfig.ts ./
COPY scripts ./scripts
COPY apps ./apps
COPY libs ./libs
COPY migrations ./migrations
RUN npm run build

FROM ${NODE_IMAGE} AS production-dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# The optional packages are the embedded PostgreSQL's binaries, which only `npm start` and the tests use.
RUN npm ci --ignore-scripts --omit=dev --omit=optional

FROM ${NODE_IMAGE}
# Production unless it is told otherwise: it does not start without its own secret, database and providers.
# HOST: a container is reached from outside, in development too.
ENV NODE_ENV=production APP_ENV=production HOST=0.0.0.0 PORT=8000
WORKDIR /app
# Root owns all files: the process can read its program but not change it.
COPY package.json ./
COPY --from=production-dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER node
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "--no-allocation-site-pretenuring", "dist/apps/api/main.js"]
