import type { Migration } from './migration.ts';

/** APIs, subscriptions and tiers. A new installation has WSO2's tiers (gateway reference 4.1) and the API `echo/1.0`. */
export const gatewaySchema: Migration = {
  number: 2,
  up(db) {
    db.exec(`
CREATE TABLE apis (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  version TEXT NOT NULL CHECK (length(version) BETWEEN 1 AND 30),
  context TEXT NOT NULL CHECK (length(context) BETWEEN 2 AND 190 AND context GLOB '/*'),
  is_default_version INTEGER NOT NULL CHECK (is_default_version IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('CREATED', 'PROTOTYPED', 'PUBLISHED', 'BLOCKED', 'DEPRECATED', 'RETIRED')),
  description TEXT NOT NULL CHECK (length(description) <= 1000),
  tier TEXT NOT NULL CHECK (length(tier) BETWEEN 1 AND 50),
  production_backend TEXT,
  sandbox_backend TEXT,
  backend_ca TEXT,
  open INTEGER NOT NULL CHECK (open IN (0, 1)),
  authorization_header TEXT,
  cors TEXT CHECK (cors IS NULL OR json_valid(cors)),
  resources TEXT NOT NULL CHECK (json_valid(resources) AND json_type(resources) = 'array'),
  created_at_ms INTEGER NOT NULL,
  UNIQUE (name, version)
) STRICT;

CREATE TABLE subscriptions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  application_id INTEGER NOT NULL REFERENCES applications (id),
  api_id INTEGER NOT NULL REFERENCES apis (id),
  tier TEXT NOT NULL CHECK (length(tier) BETWEEN 1 AND 50),
  state TEXT NOT NULL CHECK (state IN ('UNBLOCKED', 'PROD_ONLY_BLOCKED', 'BLOCKED', 'ON_HOLD', 'REJECTED')),
  created_at_ms INTEGER NOT NULL,
  UNIQUE (application_id, api_id, tier)
) STRICT;
CREATE INDEX subscriptions_of_api ON subscriptions (api_id);

-- limit_count is NULL for an unlimited tier.
CREATE TABLE tiers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  level TEXT NOT NULL CHECK (level IN ('application', 'subscription', 'advanced')),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 50),
  description TEXT NOT NULL CHECK (length(description) <= 1000),
  limit_count INTEGER CHECK (limit_count > 0),
  counts TEXT NOT NULL CHECK (counts IN ('requests', 'bytes')),
  window_length INTEGER NOT NULL CHECK (window_length > 0),
  window_unit TEXT NOT NULL CHECK (window_unit IN ('second', 'minute', 'hour', 'day', 'month', 'year')),
  burst_limit INTEGER CHECK (burst_limit > 0),
  burst_seconds INTEGER NOT NULL CHECK (burst_seconds > 0),
  stop_on_quota INTEGER NOT NULL CHECK (stop_on_quota IN (0, 1)),
  per_user INTEGER NOT NULL CHECK (per_user IN (0, 1)),
  built_in INTEGER NOT NULL CHECK (built_in IN (0, 1)),
  UNIQUE (level, name)
) STRICT;

-- Keys that sign the JWTs for backends, with their certificates. The first one is created when it is needed.
CREATE TABLE signing_keys (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  certificate TEXT NOT NULL,
  private_key BLOB NOT NULL
) STRICT;

-- The ids of the APIs that a scope belongs to. A scope without any can be requested by every application.
ALTER TABLE scopes ADD COLUMN api_ids TEXT NOT NULL DEFAULT '[]'
  CHECK (json_valid(api_ids) AND json_type(api_ids) = 'array');
`);
    const insertTier = db.prepare(
      `INSERT INTO tiers (level, name, description, limit_count, counts, window_length, window_unit, burst_limit,
        burst_seconds, stop_on_quota, per_user, built_in) VALUES (?, ?, '', ?, 'requests', 1, 'minute', NULL, 1, 1, 0, 1)`,
    );
    for (const [level, name, limit] of builtInTiers) insertTier.run(level, name, limit);
    db.prepare(
      `INSERT INTO apis (name, version, context, is_default_version, state, description, tier, production_backend,
        sandbox_backend, open, resources, created_at_ms)
        VALUES ('echo', '1.0', '/echo', 0, 'PUBLISHED', ?, 'Unlimited', 'echo', 'echo', 1, ?, ?)`,
    ).run('Answers who called, and what arrived.', JSON.stringify(allVerbs.map(anyPath)), Date.now());
  },
};

const builtInTiers = [
  ['application', '50PerMin', 50],
  ['application', '20PerMin', 20],
  ['application', '10PerMin', 10],
  ['application', 'Unlimited', null],
  ['subscription', 'Gold', 5000],
  ['subscription', 'Silver', 2000],
  ['subscription', 'Bronze', 1000],
  ['subscription', 'Unauthenticated', 500],
  ['subscription', 'Unlimited', null],
  ['advanced', '50KPerMin', 50_000],
  ['advanced', '20KPerMin', 20_000],
  ['advanced', '10KPerMin', 10_000],
  ['advanced', 'Unlimited', null],
] as const;

const allVerbs = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD'];
const anyPath = (verb: string) => ({ verb, template: '/*', authType: 'Any', scopes: [], tier: 'Unlimited' });
