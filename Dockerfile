# The newest LTS of Node.js; both stages use the same Debian, so that native modules fit.
FROM node:26-trixie-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No package needs its install script here: argon2 brings a prebuilt binary, the others only serve development.
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ormconfig.ts ./
COPY apps ./apps
COPY libs ./libs
COPY migrations ./migrations
RUN npm run build

FROM node:26-trixie-slim AS production-dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# "optional" leaves out the binaries of the embedded PostgreSQL, which only `npm start` and the tests use.
RUN npm ci --ignore-scripts --omit=dev --omit=optional

FROM node:26-trixie-slim
ENV NODE_ENV=production PORT=8000
WORKDIR /app
# Everything belongs to root: the process can read its program and write nothing.
COPY package.json ./
COPY --from=production-dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER node
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/apps/api/main.js"]
