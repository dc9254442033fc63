-- The displays of the town: who they are, how they are, and what was asked of them.

CREATE TABLE displays (
    -- A number is never given twice: whoever held it keeps no right by it.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    group_name TEXT NOT NULL,
    position TEXT NOT NULL,
    -- The public key, in hexadecimal digits.
    key TEXT NOT NULL UNIQUE,
    enrolled INTEGER NOT NULL,
    -- What it last told of itself, as JSON.
    report TEXT NOT NULL DEFAULT '{}',
    -- When it was last heard of.
    seen INTEGER,
    -- Since when it is silent, where staff have been told.
    silent INTEGER
) STRICT;

CREATE TABLE display_faults (
    display INTEGER NOT NULL REFERENCES displays (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    since INTEGER NOT NULL,
    ended INTEGER,
    PRIMARY KEY (display, since, kind)
) STRICT, WITHOUT ROWID;

-- Which versions of the publication have been on its panel, and since when.
CREATE TABLE display_versions (
    display INTEGER NOT NULL REFERENCES displays (id) ON DELETE CASCADE,
    root INTEGER NOT NULL,
    snapshot INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (display, root, snapshot)
) STRICT, WITHOUT ROWID;

CREATE TABLE display_commands (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    display INTEGER NOT NULL REFERENCES displays (id) ON DELETE CASCADE,
    what TEXT NOT NULL,
    who TEXT NOT NULL,
    asked INTEGER NOT NULL,
    -- waiting, sent, received, done, failed, in-use, no-player or expired.
    state TEXT NOT NULL,
    changed INTEGER NOT NULL
) STRICT;

CREATE INDEX display_commands_by_display ON display_commands (display, number DESC);

CREATE TABLE display_pictures (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    display INTEGER NOT NULL REFERENCES displays (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    png BLOB NOT NULL
) STRICT;
