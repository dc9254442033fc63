-- Everything that staff make, who they are, and what they did.

CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    -- argon2id in PHC form.
    password TEXT NOT NULL,
    language TEXT NOT NULL,
    is_blocked INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE sessions (
    -- SHA-256 of what the cookie holds.
    key BLOB PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- What every form of this session carries.
    form_token TEXT NOT NULL,
    begun INTEGER NOT NULL,
    seen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE items (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    -- draft, to_moderate, ready, refused or published.
    state TEXT NOT NULL,
    -- What staff see and change.
    body TEXT NOT NULL,
    -- What displays show; nothing while it was never published, or was withdrawn.
    published TEXT,
    -- Counts every change; who saves says which one they saw.
    version INTEGER NOT NULL,
    -- Why it was refused.
    reason TEXT NOT NULL DEFAULT '',
    changed INTEGER NOT NULL,
    changed_by TEXT NOT NULL
) STRICT;

CREATE INDEX items_by_kind ON items (kind, changed DESC);
CREATE INDEX items_by_state ON items (state, changed DESC);

CREATE VIRTUAL TABLE item_words USING fts5 (id UNINDEXED, words, tokenize = 'unicode61 remove_diacritics 2');

CREATE TABLE item_versions (
    item TEXT NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    PRIMARY KEY (item, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    about TEXT NOT NULL,
    detail TEXT NOT NULL,
    -- SHA-256 over the entry before and this one.
    hash TEXT NOT NULL
) STRICT;
