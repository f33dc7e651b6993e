// The benchmark command: `node test/bench/run.mjs [--short] [--gateway] [--jwts] [--peers] [--json <file>] [--markdown]`.
// `--gateway` measures rows 14 to 16 only, `--jwts` row 17, `--peers` other OAuth2 servers, which it installs.
// Ratios within one run against a bare node:http handler; docs/speed.md has the figures and their reasons.
if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(
    `The benchmark needs Node 24, this is ${process.version}. Run it as \`npm run bench\`, which uses the one in node_modules.\n`,
  );
  process.exit(1);
}
await import('./bench.ts');
